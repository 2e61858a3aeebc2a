package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.TableOwner;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.decode.MessageFormat;
import io.tidemark.ingest.jdbc.BackfillScope;
import io.tidemark.ingest.jdbc.ReadPace;
import io.tidemark.ingest.jdbc.TableBackfill;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.spark.sql.SparkSession;

/**
 * Lands rows of one table that are read again from its database, beside the pipeline or without it;
 * what lands waits for the next merge.
 */
public final class BackfillJob {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The keys of a backfill stand in one row of the ledger. */
  private static final int KEYS_AT_ONCE = 20_000;

  private final RunContext context;
  private final Lake lake;
  private final ReadPace pace;
  private final TableSpec table;
  private final TableBackfill backfill;
  private final BatchLander lander;
  private final Counts counts = new Counts();

  /**
   * Backfills of a table.
   *
   * @param lake with a session that nothing else uses at the same time
   * @throws TidemarkException with exit code 2 if another pipeline writes the table, or its rows
   *     are events
   */
  public BackfillJob(
      PipelineSpec spec,
      TableSpec table,
      Lake lake,
      ReadPace pace,
      RunContext context,
      RunLog runs) {
    requireRows(spec, table, lake);
    this.table = table;
    this.context = context;
    this.lake = lake;
    this.pace = pace;
    this.backfill = new TableBackfill(lake, spec.name(), table, spec.source().type(), pace);
    BronzeWriter writer =
        new BronzeWriter(
            spec.name(),
            lake,
            SourceSettings.decoding(spec).with(MessageFormat.JSON),
            SourceSettings.masks(spec),
            1,
            context.clock());
    this.lander = new BatchLander(writer, runs, context, Step.BACKFILL, counts::addAll);
  }

  private static void requireRows(PipelineSpec spec, TableSpec table, Lake lake) {
    LakeTable bronze = lake.bronze(table.name());
    if (bronze.exists()) {
      TableOwner.require(bronze, bronze.properties(), spec.name());
    }
    if (table.appendOnly() || table.sources().several()) {
      throw Errors.configuration(
          "Cannot backfill table '%s': it holds %s"
              .formatted(
                  table.name(),
                  table.appendOnly()
                      ? "events, and reading rows makes more of them"
                      : "the rows of several tables"),
          table.appendOnly()
              ? "Have events sent again by their source"
              : "Backfill each of its sources' own tables");
    }
  }

  /** Counts what a backfill would read. */
  public TableBackfill.Estimate estimate(BackfillScope scope) {
    return backfill.estimate(scope);
  }

  /**
   * The rows whose value of a column is in a range.
   *
   * @param by the column; empty for the table's watermark or, if it has none, its key
   * @param from the least value
   * @param to a value behind the greatest
   */
  public BackfillScope range(Optional<String> by, Optional<String> from, Optional<String> to) {
    return backfill.range(by, from, to);
  }

  /** The columns that tell the table's rows apart. */
  public List<String> key() {
    return backfill.key();
  }

  /** About how many rows the table has. */
  public long approximateRows() {
    return backfill.approximateRows();
  }

  /** The scope of a backfill of the table that was cut off, if there is one. */
  public Optional<BackfillScope> open() {
    return backfill.open();
  }

  /** Gives a backfill up that was cut off. */
  public void abandon() {
    backfill.abandon(context.clock().instant());
  }

  /**
   * Reads and lands all rows of a scope; one that was cut off goes on where it was.
   *
   * @param wait how long transactions of the database that are open are waited for
   * @param progress is told after each round how many rows have been read in all
   * @return what became of the rows; fewer than all if the run was asked to end
   * @throws TidemarkException with exit code 2 if a backfill of other rows was cut off, 4 if the
   *     database does not answer, 5 if the table may not land
   */
  public Counts run(BackfillScope scope, Duration wait, LongConsumer progress) {
    // Rows of a thread without a session would have the older classes of dates.
    SparkSession.setActiveSession(lake.spark());
    requireNoOther(scope);
    lander.begin();
    boolean done = false;
    while (!done && !context.stop().requested()) {
      Instant deadline = context.clock().instant().plus(wait);
      done =
          backfill.round(
              scope,
              lander.epoch(table.name()),
              context.clock().instant(),
              () -> !context.stop().await(PAUSE) && context.clock().instant().isBefore(deadline),
              lander::landPolled);
      Map<String, TidemarkException> held = lander.held();
      if (held.containsKey(table.name())) {
        throw held.get(table.name());
      }
      progress.accept(counts.of(Count.READ));
      if (!done && !pace.pause().isZero()) {
        context.stop().await(pace.pause());
      }
    }
    return counts;
  }

  /**
   * Reads and lands the rows with some keys, however many, some at a time; keys of an earlier call
   * that was cut off come first.
   *
   * @param keys of each row the values of the key's columns, in their order, as texts
   * @return what became of the rows; fewer than all if the run was asked to end
   * @throws TidemarkException as {@link #run}
   */
  public Counts runKeys(List<List<String>> keys, Duration wait) {
    open()
        .filter(BackfillScope.Keys.class::isInstance)
        .ifPresent(cutOff -> run(cutOff, wait, read -> {}));
    for (int from = 0; from < keys.size() && !context.stop().requested(); from += KEYS_AT_ONCE) {
      List<List<String>> some = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE));
      run(new BackfillScope.Keys(some), wait, read -> {});
    }
    return counts;
  }

  /** Goes on with what was cut off only if it is what is asked for. */
  private void requireNoOther(BackfillScope scope) {
    Optional<BackfillScope> open = backfill.open();
    if (open.isPresent() && !open.get().equals(scope)) {
      throw Errors.configuration(
          "Cannot backfill %s of table '%s': a backfill of %s was cut off"
              .formatted(scope.words(), table.name(), open.get().words()),
          "Finish it with the same choice of rows: tidemark backfill source; or give it up there:"
              + " add --restart");
    }
  }
}
