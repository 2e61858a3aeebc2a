package io.tidemark.quality.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.quality.reconcile.KeyDifference.Kind;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Twenty differences of every sort in a million rows: all are found, and next to nothing moves. */
@Tag("slow")
@WithSandbox
@ExtendWith(SharedSpark.class)
class PlantedDifferencesTest {
  private static final int ROWS = 1_000_000;

  /** What is done to the source, by the row's id; the lake stays as it was. */
  private static final Map<Integer, String> IN_SOURCE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(11, "DELETE FROM planted.t WHERE id = 11"),
              Map.entry(1_000_011, "INSERT INTO planted.t SELECT 1000011, 1, 'new', now(), 'x', 1"),
              Map.entry(12, "UPDATE planted.t SET price = price + 0.01 WHERE id = 12"),
              Map.entry(13, "UPDATE planted.t SET price = -price WHERE id = 13"),
              Map.entry(
                  14, "UPDATE planted.t SET at = at + interval '1 microsecond' WHERE id = 14"),
              Map.entry(15, "UPDATE planted.t SET at = at - interval '1 hour' WHERE id = 15"),
              Map.entry(16, "UPDATE planted.t SET note = NULL WHERE id = 16"),
              Map.entry(17, "UPDATE planted.t SET note = '' WHERE id = 17"),
              Map.entry(18, "UPDATE planted.t SET note = note || ' ' WHERE id = 18"),
              Map.entry(19, "UPDATE planted.t SET note = ' ' || note WHERE id = 19"),
              Map.entry(20, "UPDATE planted.t SET note = upper(note) WHERE id = 20"),
              Map.entry(21, "UPDATE planted.t SET note = note || chr(769) WHERE id = 21"),
              Map.entry(22, "UPDATE planted.t SET note = note || chr(31) || '-' WHERE id = 22"),
              Map.entry(23, "UPDATE planted.t SET f = '-0' WHERE id = 23"),
              Map.entry(24, "UPDATE planted.t SET f = 'NaN' WHERE id = 24"),
              Map.entry(25, "UPDATE planted.t SET f = f + 1e-9 WHERE id = 25"),
              Map.entry(26, "UPDATE planted.t SET code = 'y' WHERE id = 26"),
              Map.entry(27, "UPDATE planted.t SET price = NULL WHERE id = 27"),
              Map.entry(28, "UPDATE planted.t SET id = 2000028 WHERE id = 28")));

  @TempDir private Path folder;

  @Test
  void allAreFoundAndLittleMoves(SparkSession spark, SandboxAddresses sandbox) throws SQLException {
    SourceDatabase database =
        new SourceDatabase(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
    Lake lake = Lake.at(spark, folder.toString());
    long bytes;
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS planted CASCADE");
      statement.execute("CREATE SCHEMA planted");
      statement.execute(
          "CREATE TABLE planted.t (id bigint PRIMARY KEY, price numeric(12,2), note text,"
              + " at timestamptz, code char(3), f double precision)");
      statement.execute(
          "INSERT INTO planted.t SELECT i, i * 0.5, 'note of row ' || i, timestamptz"
              + " '2026-01-01 00:00:00+00' + i * interval '1 millisecond', 'x', 0"
              + " FROM generate_series(1, %d) i".formatted(ROWS));
      statement.execute("ANALYZE planted.t");
      copyToSilver(spark, lake.silver("t"));
      TableReconcile.Found before = compare(lake, database, Sample.ALL);
      assertThat(before.equal()).as("%s", before).isTrue();
      assertThat(before.leftOut()).isEmpty();
      for (String change : IN_SOURCE.values()) {
        statement.execute(change);
      }
      bytes = bytes(statement);
    }

    TableReconcile.Found found = compare(lake, database, Sample.ALL);

    assertThat(found.differing()).isEqualTo(IN_SOURCE.size() + 1L); // A changed key is two.
    Map<String, Kind> kinds = new TreeMap<>();
    found.differences().forEach(one -> kinds.put(one.key().get("id"), one.kind()));
    for (int id : IN_SOURCE.keySet()) {
      assertThat(kinds).containsKey(Integer.toString(id));
    }
    assertThat(kinds)
        .containsEntry("11", Kind.MISSING_IN_SOURCE)
        .containsEntry("1000011", Kind.MISSING_IN_LAKE)
        .containsEntry("14", Kind.DIFFERENT)
        .containsEntry("28", Kind.MISSING_IN_SOURCE)
        .containsEntry("2000028", Kind.MISSING_IN_LAKE);
    assertThat(found.moved()).isLessThan(bytes / 50);

    TableReconcile.Found sampled = compare(lake, database, Sample.ofPercent(10));
    assertThat(sampled.sourceRows()).isBetween(ROWS * 9L / 100, ROWS * 11L / 100);
    assertThat(sampled.lakeRows()).isBetween(ROWS * 9L / 100, ROWS * 11L / 100);
    assertThat(sampled.differing()).as("of those above").isLessThan(found.differing());
  }

  private static TableReconcile.Found compare(Lake lake, SourceDatabase database, Sample sample) {
    try (Snapshot snapshot = database.snapshot()) {
      return new TableReconcile(
              lake, TableSpec.withDefaults("t"), snapshot, snapshot.table("planted", "t"), sample)
          .run();
    }
  }

  /** The rows as they were before anything was planted; of every tenth all values corrected. */
  private static void copyToSilver(SparkSession spark, LakeTable silver) {
    Dataset<Row> rows =
        spark
            .range(1, ROWS + 1L)
            .selectExpr(
                "id",
                "cast(id * 0.5 AS decimal(12,2)) AS price",
                "concat('note of row ', id) AS note",
                "timestamp_micros(1767225600000000 + id * 1000) AS at",
                "'x  ' AS code",
                "cast(0 AS double) AS f")
            .selectExpr(
                "id",
                "if(id % 10 > 0, price, price + 1) AS price",
                "if(id % 10 > 0, note, upper(note)) AS note",
                "if(id % 10 > 0, at, NULL) AS at",
                "if(id % 10 > 0, code, 'y  ') AS code",
                "if(id % 10 > 0, f, 0.1) AS f",
                "if(id % 10 > 0, NULL, map('price', cast(price AS string), 'note', note, 'at',"
                    + " date_format(at, \"yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX\"), 'code', code,"
                    + " 'f', '0.0')) AS _original");
    silver.create(TableDefinition.log(rows.schema()));
    silver.append(rows, List.of());
  }

  private static long bytes(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT sum(octet_length(t::text)) FROM planted.t t")) {
      row.next();
      return row.getLong(1);
    }
  }
}
