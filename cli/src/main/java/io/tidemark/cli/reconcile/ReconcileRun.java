package io.tidemark.cli.reconcile;

import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.quality.reconcile.KeyDifference;
import io.tidemark.quality.reconcile.Sample;
import io.tidemark.quality.reconcile.TableReconcile;
import io.tidemark.quality.reconcile.TableReconcile.Found;
import io.tidemark.quality.reconcile.Verdict;
import io.tidemark.quality.reconcile.Verdict.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares a table with its source until the lake has passed the view of the source that is spoken
 * of: what was on its way then has arrived, and what differs still, in the same way, differs.
 */
final class ReconcileRun {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** What brings the lake behind a view of the source, or waits for it. */
  interface Progress {
    /** Whether the lake has everything of the table that the view had. */
    boolean hasPassed(TableSpec table, Found view);
  }

  private final PipelineSpec spec;
  private final Lake lake;
  private final Progress progress;
  private final Duration wait;
  private final Clock clock;
  private final StopSignal stop;
  private final Sample sample;

  ReconcileRun(
      PipelineSpec spec,
      Lake lake,
      Progress progress,
      Duration wait,
      Clock clock,
      StopSignal stop,
      Sample sample) {
    this.sample = sample;
    this.spec = spec;
    this.lake = lake;
    this.progress = progress;
    this.wait = wait;
    this.clock = clock;
    this.stop = stop;
  }

  /**
   * Compares one table.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it cannot be compared, 4
   *     if the source does not answer
   */
  Verdict run(TableSpec table) {
    Found first = compare(table);
    if (first.equal()) {
      return new Verdict(Outcome.EQUAL, first, 0, List.of(), 0);
    }
    Instant deadline = clock.instant().plus(wait);
    Set<KeyDifference> open = new HashSet<>(first.differences());
    while (true) {
      boolean passed = progress.hasPassed(table, first);
      Found next = compare(table);
      open.retainAll(new HashSet<>(next.differences()));
      long unseen = Math.max(0, next.differing() - next.differences().size());
      long differing = open.size() + Math.min(unseen, first.differing());
      if (differing == 0 || passed || !clock.instant().isBefore(deadline)) {
        Outcome outcome =
            differing == 0 ? Outcome.EQUAL : passed ? Outcome.DIFFERENT : Outcome.UNKNOWN;
        List<KeyDifference> left = first.differences().stream().filter(open::contains).toList();
        return new Verdict(outcome, first, differing, left, first.differing() - differing);
      }
      if (stop.await(PAUSE)) {
        deadline = clock.instant();
      }
    }
  }

  private Found compare(TableSpec table) {
    SourceDatabase database = spec.requireDatabase();
    try (Snapshot snapshot = database.snapshot()) {
      return new TableReconcile(lake, table, snapshot, source(table, snapshot), sample).run();
    }
  }

  private DatabaseTable source(TableSpec table, Snapshot snapshot) {
    return snapshot.table(table.source().orElseGet(() -> landedFrom(table.name())));
  }

  /** The source's table as events named it; the lake's name if nothing has landed. */
  private String landedFrom(String table) {
    LakeTable bronze = lake.bronze(table);
    return bronze.exists()
        ? bronze.properties().getOrDefault(BronzeColumns.SOURCE_TABLE_PROPERTY, table)
        : table;
  }
}
