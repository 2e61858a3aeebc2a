package io.tidemark.cli.demo;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.schema.LakeField;
import io.tidemark.quality.kernel.KernelTable;
import io.tidemark.quality.reconcile.Comparison;
import io.tidemark.quality.reconcile.Difference;
import io.tidemark.quality.reconcile.SourceComparison;
import io.tidemark.sandbox.SandboxAddresses;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Compares the shop with the lake and shows what came of the demo, read by Delta Kernel. */
final class Proof {
  private static final List<String> TABLES = List.of("users", "products", "orders", "order_items");
  private static final int DIFFERENCES_SHOWN = 5;
  private static final int MART_ROWS_SHOWN = 3;

  private final DemoSandbox sandbox;
  private final Path lake;
  private final Screen screen;

  Proof(DemoSandbox sandbox, Path lake, Screen screen) {
    this.sandbox = sandbox;
    this.lake = lake;
    this.screen = screen;
  }

  /** Prints everything; {@link ExitCode#QUALITY} if anything differs. */
  ExitCode show(ChildRuns runs, PipelineChild steady) {
    screen.print("");
    screen.print(
        "events    %,d read, %,d landed in bronze, %,d no rows (tombstones), %,d dead-lettered"
            .formatted(
                runs.rows("ingest", "read"),
                runs.rows("ingest", "landed"),
                runs.rows("ingest", "ignored"),
                runs.rows("ingest", "dead_lettered")));
    screen.print(
        "silver    %,d inserted, %,d updated, %,d deleted, %,d folded away, %,d older ignored"
            .formatted(
                runs.rows("merge", "inserted"),
                runs.rows("merge", "updated"),
                runs.rows("merge", "deleted"),
                runs.rows("merge", "folded"),
                runs.rows("merge", "older")));
    steady.runId().ifPresent(this::freshness);
    deadLetters();
    mart("inventory_alerts", Comparator.comparing((Object[] row) -> String.valueOf(row[4])));
    mart("revenue_5m", Comparator.comparing((Object[] row) -> String.valueOf(row[0])).reversed());
    return compare();
  }

  /** How far silver was behind the source whenever a merge of a run had ended. */
  private void freshness(String run) {
    List<Duration> behind = new ArrayList<>();
    KernelTable.newest(lake.resolve("_tidemark/runs").toString())
        .forEachRow(
            List.of("run_id", "step", "ended_at", "newest_source_time"),
            row -> {
              if (row[0].equals(run) && row[1].equals("merge") && row[3] != null) {
                behind.add(Duration.between((Instant) row[3], (Instant) row[2]));
              }
            });
    behind.sort(null);
    if (!behind.isEmpty()) {
      screen.print(
          "freshness %.1f s in the middle, %.1f s at worst, when a merge of the second run had ended"
              .formatted(
                  seconds(behind.get(behind.size() / 2)), seconds(behind.get(behind.size() - 1))));
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private void deadLetters() {
    KernelTable letters = KernelTable.newest(lake.resolve("bronze/_dead_letters").toString());
    letters.forEachRow(
        List.of("reason", "id", "message"),
        row ->
            screen.print(
                "dead      %s %s: %s".formatted(row[0], row[1], firstWords((String) row[2]))));
  }

  private static String firstWords(String message) {
    return message.length() <= 70 ? message : message.substring(0, 70) + " ...";
  }

  private void mart(String name, Comparator<Object[]> order) {
    KernelTable mart = KernelTable.newest(lake.resolve("gold").resolve(name).toString());
    List<String> columns = mart.columns().stream().map(LakeField::name).toList();
    List<Object[]> rows = new ArrayList<>();
    mart.forEachRow(columns, row -> rows.add(row.clone()));
    screen.print(
        "gold      %s: %,d rows (%s)".formatted(name, rows.size(), String.join(", ", columns)));
    rows.stream()
        .sorted(order)
        .limit(MART_ROWS_SHOWN)
        .forEach(row -> screen.print("            " + text(row)));
  }

  private static String text(Object[] row) {
    List<String> cells = new ArrayList<>();
    for (Object cell : row) {
      cells.add(String.valueOf(cell));
    }
    return String.join("  ", cells);
  }

  private ExitCode compare() {
    SandboxAddresses addresses = sandbox.addresses();
    SourceComparison source =
        new SourceComparison(
            new SourceDatabase(addresses.jdbcUrl(), addresses.user(), addresses.password()));
    int equal = 0;
    for (String table : TABLES) {
      Comparison comparison =
          source.compare("public", table, lake.resolve("silver").resolve(table).toString());
      screen.print("compared  " + comparison.summary());
      comparison.examples().stream()
          .limit(DIFFERENCES_SHOWN)
          .map(Difference::text)
          .forEach(text -> screen.print("            " + text));
      equal += comparison.equal() ? 1 : 0;
    }
    screen.print("");
    screen.say("lake equals source: %d/%d tables", equal, TABLES.size());
    return equal == TABLES.size() ? ExitCode.DONE : ExitCode.QUALITY;
  }
}
