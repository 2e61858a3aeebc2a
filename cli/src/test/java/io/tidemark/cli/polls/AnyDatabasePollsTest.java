package io.tidemark.cli.polls;

import static io.tidemark.cli.polls.PolledDatabase.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.BackfillJob;
import io.tidemark.ingest.jdbc.BackfillScope;
import io.tidemark.quality.reconcile.DeleteSweep.Gone;
import io.tidemark.quality.reconcile.TableReconcile.Found;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Polls of a database of which nothing is known but its JDBC driver: a real H2. */
@ExtendWith(SharedSpark.class)
class AnyDatabasePollsTest {
  @TempDir private Path folder;
  private PolledDatabase database;

  @BeforeEach
  void connect() throws SQLException {
    database =
        new PolledDatabase(
            new SourceDatabase("jdbc:h2:mem:polls;DB_CLOSE_DELAY=-1", "sa", "secret"));
    database.execute("CREATE SCHEMA polls");
  }

  @AfterEach
  void shutDown() throws SQLException {
    database.execute("SHUTDOWN");
  }

  @Test
  void rowsOfEveryTypeArriveAndCompareEqual(SparkSession spark) throws SQLException {
    database.execute(
        """
        CREATE TABLE polls.things (
          id bigint, part varchar(9), truth boolean, tiny tinyint, small smallint, n int,
          price numeric(12,2), wide numeric(44,3), f real, d double precision, c char(5),
          long_text clob, b varbinary(9), born date, clock time(3), local timestamp(6),
          at timestamp(6) with time zone, u uuid, e enum('a', 'b'), arr int array,
          updated_at timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
          PRIMARY KEY (id, part))""",
        """
        INSERT INTO polls.things VALUES (9223372036854775807, 'ü ''"', true, -1, -5, 7, 10.50,
          1.000, 0.1, 1e300, 'x', 'long', x'00ff', '2026-02-28', '12:00:00.5',
          '2026-01-01 00:00:00.123456', '2026-01-01 00:00:00.5+02:00',
          '123e4567-e89b-12d3-a456-426655440000', 'b', array[1, 2], DEFAULT)""",
        "INSERT INTO polls.things (id, part, d) VALUES (2, '', '-0.0'), (3, 'x', 'NaN')");
    PolledLake lake =
        database.lake(spark, folder, "", "  things: {source: polls.things, watermark: UPDATED_AT}");

    assertThat(lake.run()).isEqualTo(3);
    assertEqual(lake, "things", 3);
    Found found = lake.reconcile("things");
    assertThat(found.equal()).as(found.differences().toString()).isTrue();
    assertThat(found.leftOut()).isEmpty();
    assertThat(found.sourceRows()).isEqualTo(3);
    assertThat(lake.run()).as("nothing has changed").isZero();

    database.execute("UPDATE polls.things SET c = 'y' WHERE id = 2");
    Found different = lake.reconcile("things");
    assertThat(different.differing()).isEqualTo(1);
    assertThat(different.differences().get(0).key()).isEqualTo(Map.of("ID", "2", "PART", ""));
  }

  @Test
  void lateCommitsAndDeletesAreFoundAndRowsReadAgain(SparkSession spark) throws SQLException {
    database.execute(
        "CREATE TABLE polls.shelf (id int PRIMARY KEY, v int, gone boolean NOT NULL DEFAULT false,"
            + " at timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP)",
        "INSERT INTO polls.shelf (id, v) SELECT x, x FROM SYSTEM_RANGE(1, 450)");
    PolledLake lake =
        database.lake(
            spark,
            folder,
            "chunk-rows: 100, connections: 2, statement-timeout: 20s, ",
            "  shelf: {source: polls.shelf, watermark: AT, lag: 1m, soft-delete: GONE}");
    assertThat(lake.run()).isEqualTo(450);
    try (Connection slow = database.open();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute("INSERT INTO polls.shelf (id, v) VALUES (1000, 1)");
      database.execute("INSERT INTO polls.shelf (id, v) VALUES (1001, 1)");
      assertThat(lake.run()).isEqualTo(1);
      slow.commit();
    }
    database.execute("UPDATE polls.shelf SET gone = true, at = CURRENT_TIMESTAMP WHERE id = 7");
    assertThat(lake.run()).as("one late, one marked as deleted; others are known").isEqualTo(2);
    assertThat(lake.lake().silver("shelf").read().count()).isEqualTo(451);

    database.execute(
        "DELETE FROM polls.shelf WHERE id IN (7, 10, 300)",
        "UPDATE polls.shelf SET v = -1 WHERE id < 3");
    Gone gone = lake.sweep("shelf");
    assertThat(gone.keys()).containsExactlyInAnyOrder(List.of("10"), List.of("300"));
    Found found = lake.reconcile("shelf");
    assertThat(found.differences())
        .extracting(one -> one.key().get("ID"))
        .containsExactlyInAnyOrder("1", "2", "10", "300");
    lake.backfill("shelf", new BackfillScope.Whole());
    assertEqual(lake, "shelf", 449);
  }

  @Test
  void manyDeletesAreFoundByOneSweepAndLandInPortions(SparkSession spark) throws SQLException {
    database.execute(
        "CREATE TABLE polls.emptied (id int PRIMARY KEY, on_day date NOT NULL)",
        "INSERT INTO polls.emptied SELECT x, CURRENT_DATE FROM SYSTEM_RANGE(1, 20100) x");
    PolledLake lake =
        database.lake(
            spark, folder, "", "  emptied: {source: polls.emptied, watermark: ON_DAY, lag: 0s}");
    lake.run();
    database.execute("DELETE FROM polls.emptied WHERE id > 50");

    Gone gone = lake.sweep("emptied");
    assertThat(gone.whole()).isTrue();
    assertThat(gone.keys()).hasSize(20_050);
    BackfillJob job = lake.backfill("emptied");
    assertThat(job.runKeys(gone.keys(), Duration.ZERO).of(Count.LANDED)).isEqualTo(20_050);

    database.execute("DROP SCHEMA polls CASCADE");
    assertThat(job.open()).as("the lake alone tells that nothing is left").isEmpty();
  }
}
