package io.tidemark.bench;

import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SparkSessions;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.quality.checks.ChecksJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures what the checks of a large table take when they read all of it, and when 1 % of its rows
 * are new: medians of rounds in one warm process, states and metrics stored.
 *
 * <p>Arguments: number of rows (10,000,000), number of rounds (3).
 */
public final class ChecksFullAndIncremental {
  private static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");
  private static final String ROW =
      """
      SELECT id, CAST(id * 7919 %% 100000 AS INT) AS customer_id,
        CAST((id * 104729 %% 1000000) / 100 AS DECIMAL(12, 2)) AS amount,
        element_at(array('open', 'paid', 'sent', 'lost'), CAST(id %% 4 + 1 AS INT)) AS status,
        IF(id %% 100 = 0, NULL, concat('user', id %% 100000, '@example.org')) AS email,
        timestamp_seconds(1700000000 + id) AS ordered_at
      FROM range(%d, %d, 1, %d)""";

  private final Lake lake;
  private final PipelineSpec spec;
  private final LakeTable table;
  private final List<String> readings = new ArrayList<>();

  private ChecksFullAndIncremental(Lake lake, PipelineSpec spec) {
    this.lake = lake;
    this.spec = spec;
    this.table = lake.table(ORDERS);
  }

  /** Makes the table and prints what its checks took. */
  public static void main(String[] arguments) throws IOException {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    Path folder = Files.createTempDirectory("tidemark-bench");
    Lake lake = Lake.at(SparkSessions.open("checks"), folder.toString());
    try {
      List<DatasetCheck> checks = checks();
      new ChecksFullAndIncremental(lake, spec(folder, checks)).measure(rows, rounds, checks.size());
    } finally {
      lake.spark().stop();
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }

  private void measure(long rows, int rounds, int checks) throws IOException {
    Dataset<Row> first = rows(0, rows, 20);
    table.create(
        new TableDefinition(
            first.schema(), List.of(), Map.of(), TableDefinition.Feature.MERGE_TARGET));
    table.append(first, List.of());
    System.out.printf(
        "%,d rows in %d files, %d checks%n", rows, table.files().files().size(), checks);
    timed(); // Warms up.
    double[] full = new double[rounds];
    double[] incremental = new double[rounds];
    long end = rows;
    for (int round = 0; round < rounds; round++) {
      lake.files().delete(lake.states(ORDERS), true);
      full[round] = timed();
      long next = end + rows / 100;
      table.append(rows(end, next, 1), List.of());
      end = next;
      incremental[round] = timed();
    }
    readings.forEach(System.out::println);
    System.out.printf(
        "full %.2f s, 1 %% new %.2f s: %.1f %% of it%n",
        median(full), median(incremental), 100 * median(incremental) / median(full));
  }

  private Dataset<Row> rows(long from, long to, int files) {
    return lake.spark().sql(ROW.formatted(from, to, files));
  }

  private double timed() {
    RunContext context =
        new RunContext("bench", spec.name(), Clock.systemUTC(), new StopSignal(), step -> {});
    ChecksJob job = new ChecksJob(spec, lake, context, reading -> readings.add(reading.toString()));
    long started = System.nanoTime();
    TableVerdict verdict = job.run(List.of(ORDERS)).get(0);
    double seconds = (System.nanoTime() - started) / 1e9;
    readings.add("  %s, %,d rows, %.2f s".formatted(verdict.verdict(), verdict.rows(), seconds));
    return seconds;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static List<DatasetCheck> checks() {
    return List.of(
        check("rows", new Subject.Size(), 1),
        check("unique id", new Subject.Uniqueness(List.of("id")), 1),
        check("e-mail there", new Subject.Completeness("email"), 0.98),
        check("e-mail pattern", new Subject.Pattern("email", "^[^@ ]+@[^@ ]+\\.[a-z]+$"), 0.98),
        check(
            "status known",
            new Subject.ContainedIn("status", List.of("open", "paid", "sent", "lost")),
            1),
        check("amount", new Subject.Compliance("amount >= 0"), 1),
        check("least amount", new Subject.Minimum("amount"), 0),
        check("mean amount", new Subject.Mean("amount"), 1),
        check("deviation", new Subject.StandardDeviation("amount"), 1),
        check("median amount", new Subject.Quantile("amount", 0.5), 1),
        check("newest", new Subject.Freshness("ordered_at"), 0));
  }

  private static DatasetCheck check(String name, Subject subject, double atLeast) {
    return new DatasetCheck(
        name,
        subject,
        new Bounds(Optional.of(atLeast), Optional.empty(), 0),
        Optional.empty(),
        Optional.empty(),
        Severity.ERROR,
        Dimension.VALIDITY);
  }

  /** A pipeline of which only lake and checks matter. */
  private static PipelineSpec spec(Path folder, List<DatasetCheck> checks) throws IOException {
    Path file = folder.resolve("bench.yml");
    Files.writeString(
        file,
        """
        pipeline: bench
        lake: %s
        source: {type: debezium, bootstrap-servers: 'localhost:9092', topics: nothing}
        tables: {orders: {}}
        """
            .formatted(folder));
    CheckedTable orders = new CheckedTable(ORDERS, Optional.empty(), RowRules.NONE, checks);
    return PipelineFile.read(file, Map.of())
        .withChecks(new ChecksSpec(Optional.of(file), Map.of(ORDERS, orders)));
  }
}
