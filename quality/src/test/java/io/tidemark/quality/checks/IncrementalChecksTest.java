package io.tidemark.quality.checks;

import static io.tidemark.quality.checks.CheckedLake.check;
import static io.tidemark.quality.checks.CheckedLake.silver;
import static io.tidemark.quality.checks.CheckedLake.where;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.Subject.DataKind;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.table.DataFile;
import io.tidemark.core.table.LakeTable;
import io.tidemark.quality.deequ.Ask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of kept states is what a look at all rows would have found. */
final class IncrementalChecksTest {
  private static final TableRef TABLE = silver("sales");
  private static final Bounds ANY = new Bounds(Optional.empty(), Optional.empty(), 0);

  private static final DatasetCheck[] CHECKS = {
    check("size", new Subject.Size(), ANY),
    where(check("size of some", new Subject.Size(), ANY), "kind = 'b'"),
    check("completeness", new Subject.Completeness("amount"), ANY),
    check("minimum", new Subject.Minimum("amount"), ANY),
    check("maximum", new Subject.Maximum("amount"), ANY),
    where(check("mean", new Subject.Mean("amount"), ANY), "kind = 'a'"),
    check("sum", new Subject.Sum("amount"), ANY),
    check("deviation", new Subject.StandardDeviation("amount"), ANY),
    check("correlation", new Subject.Correlation("id", "amount"), ANY),
    check("median", new Subject.Quantile("amount", 0.5), ANY),
    check("kind", new Subject.DataType("kind", DataKind.STRING), ANY),
    check("compliance", new Subject.Compliance("amount > 500"), ANY),
    check("unique", new Subject.Uniqueness(List.of("id", "kind")), ANY),
    where(check("unique of some", new Subject.Uniqueness(List.of("id")), ANY), "amount > 300"),
    check("freshness", new Subject.Freshness("at"), ANY),
  };

  @TempDir Path folder;

  @Test
  void statesOfFilesGiveWhatAllRowsGiveWhateverBecameOfTheTable() {
    long seed = 20260302;
    Random random = new Random(seed);
    CheckedLake lake = new CheckedLake(folder).declare(TABLE, CHECKS);
    LakeTable table = lake.empty(TABLE, rows(0, 1, 1));
    // Many files of few rows: most changes leave most files as they were.
    table.append(lake.rows(rows(0, 120, 3)).repartitionByRange(60, col("id")), List.of());
    lake.run(TABLE);
    int groupsKept = 0;
    for (int step = 1; step <= 4; step++) {
      Set<DataFile> before = Set.copyOf(table.files().files());
      String done = change(lake, table, random, step);
      long changed = table.files().files().stream().filter(f -> !before.contains(f)).count();
      Map<String, CheckResult> incremental = lake.results(TABLE);
      Reading reading = lake.readings.get(lake.readings.size() - 1);
      assertThat(reading.read()).as(done + " at " + reading).isEqualTo(changed);
      groupsKept += reading.whole().contains("groups of id, kind that changed") ? 1 : 0;
      same(incremental, lake.measures(TABLE), "seed " + seed + ", " + done);
    }
    assertThat(groupsKept).isGreaterThanOrEqualTo(2);
  }

  /** One change of each kind, of rows by chance. */
  private static String change(CheckedLake lake, LakeTable table, Random random, int step) {
    int from = random.nextInt(100);
    switch (step) {
      case 1 -> {
        table.append(lake.rows(rows(from, from + 5, step)), List.of());
        return "appended " + from;
      }
      case 2 -> {
        table.delete("id BETWEEN %d AND %d".formatted(from, from + 2));
        return "deleted " + from;
      }
      case 3 -> {
        table.update("id IN (%d, 7)".formatted(from), Map.of("id", "8", "kind", "NULL"));
        table.append(lake.rows(rows(from, from + 5, step)), List.of());
        return "updated and appended " + from;
      }
      default -> {
        table.compact();
        return "compacted";
      }
    }
  }

  private static String rows(int from, int to, int seed) {
    return """
        SELECT CAST(id AS INT) AS id,
          IF(id %% 7 = 0, NULL, CAST((id * 7919 * %d) %% 1000 AS DECIMAL(12, 2))) AS amount,
          CASE id %% 3 WHEN 0 THEN 'a' WHEN 1 THEN 'b' END AS kind,
          timestamp_seconds(1700000000 + id * %d) AS at
        FROM range(%d, %d)"""
        .formatted(seed, seed, from, to);
  }

  private static void same(
      Map<String, CheckResult> incremental, TableMeasures full, String context) {
    for (DatasetCheck check : CHECKS) {
      OptionalDouble one = incremental.get(check.name()).value();
      if (full.outcome(Ask.of(check)) instanceof Outcome.Value other) {
        assertThat(one).as(check.name() + ": " + context).isPresent();
        assertThat(one.getAsDouble())
            .as(check.name() + ": " + context)
            .isCloseTo(other.value(), within(1e-9 * Math.max(1, Math.abs(other.value()))));
      } else {
        assertThat(one).as(check.name() + ": " + context).isEmpty();
      }
    }
  }

  @Test
  void statesAreOfOneSetOfChecksAndAreMadeAgainWhereTheyCannotBeRead() throws Exception {
    CheckedLake lake = new CheckedLake(folder);
    LakeTable table = lake.table(TABLE, rows(0, 10, 1));
    table.append(lake.rows(rows(10, 20, 1)), List.of());
    DatasetCheck size = check("size", new Subject.Size(), ANY);
    lake.declare(TABLE, size);
    assertThat(reading(lake).read()).isEqualTo(2);
    assertThat(reading(lake).read()).isZero();

    Path states = folder.resolve("_tidemark/states/silver/sales/files.json.gz");
    byte[] whole = Files.readAllBytes(states);
    Files.delete(states.resolveSibling(".files.json.gz.crc"));
    Files.write(states, java.util.Arrays.copyOf(whole, whole.length - 10));
    assertThat(reading(lake).read()).isEqualTo(2);

    // What may change by itself is no state; what is one goes on.
    DatasetCheck recent =
        check("recent", new Subject.Compliance("at > current_date() - INTERVAL 9999 DAYS"), ANY);
    lake.declare(TABLE, size, recent);
    Reading reading = reading(lake);
    assertThat(reading.read()).isZero();
    assertThat(reading.whole()).singleElement().asString().contains("current_date");

    lake.declare(TABLE, check("other", new Subject.Completeness("kind"), ANY));
    assertThat(reading(lake).read()).isEqualTo(2);

    table.delete("id >= 0");
    assertThat(lake.run(TABLE).rows()).isZero();
  }

  private static Reading reading(CheckedLake lake) {
    lake.run(TABLE);
    return lake.readings.get(lake.readings.size() - 1);
  }
}
