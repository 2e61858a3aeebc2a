package io.tidemark.cli.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.database.Snapshot;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.JdbcFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.BackfillJob;
import io.tidemark.ingest.jdbc.ReadPace;
import io.tidemark.quality.reconcile.DeleteSweep;
import io.tidemark.quality.reconcile.DeleteSweep.Gone;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for rows of polled tables that the source deleted without a trace, each table as often as
 * the pipeline file says: the keys that are gone are looked for once more, and land as deletes.
 */
final class DeleteSweeps {
  private static final Logger LOG = LoggerFactory.getLogger(DeleteSweeps.class);

  /** A polled table's place in its log is that of a view, for which nothing has to be waited. */
  private static final Duration NO_WAIT = Duration.ZERO;

  private final PipelineSpec spec;
  private final Lake lake;
  private final RunContext context;
  private final RunLog runs;
  private final Map<String, Instant> last = new HashMap<>();

  /**
   * The sweeps of a pipeline.
   *
   * @param lake a session of its own is opened over it
   */
  DeleteSweeps(PipelineSpec spec, Lake lake, RunContext context, RunLog runs) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.runs = runs;
  }

  /** Sweeps the tables whose time has come; whether deletes have landed. */
  boolean runDue() {
    boolean landed = false;
    if (spec.source().feed() instanceof JdbcFeed feed) {
      for (TableSpec table : spec.declaredTables().values()) {
        if (!context.stop().requested() && isDue(table)) {
          landed |= sweep(table, feed);
        }
      }
    }
    return landed;
  }

  private boolean isDue(TableSpec table) {
    Duration every = table.poll().sweep();
    boolean possible =
        !table.appendOnly()
            && lake.silver(table.name()).exists()
            && table.key().stream().noneMatch(table::isMasked);
    return possible
        && !every.isZero()
        && context
            .clock()
            .instant()
            .isAfter(last.computeIfAbsent(table.name(), this::recorded).plus(every));
  }

  /** When the table was swept last; before the first time, when the pipeline first ran. */
  private Instant recorded(String table) {
    String step = Step.SWEEP.name().toLowerCase(Locale.ROOT);
    Row found =
        runs.table()
            .read()
            .filter(col("pipeline").equalTo(spec.name()))
            .agg(
                max(
                    when(
                        col("step")
                            .equalTo(step)
                            .and(col("table").equalTo(table))
                            .and(col("exit_code").equalTo(0)),
                        col("started_at"))),
                min("started_at"))
            .head();
    Instant swept = found.getAs(0);
    Instant first = found.getAs(1);
    return swept != null ? swept : first != null ? first : context.clock().instant();
  }

  private boolean sweep(TableSpec table, JdbcFeed feed) {
    Instant started = context.clock().instant();
    last.put(table.name(), started);
    StepRecord record;
    try {
      Lake own = lake.with(lake.spark().newSession());
      SparkSession.setActiveSession(own.spark());
      Gone gone = gone(own, table, feed);
      Counts landed = gone.keys().isEmpty() ? new Counts() : land(own, table, feed, gone.keys());
      record =
          context.done(
              Step.SWEEP,
              table.name(),
              started,
              landed,
              Optional.of(gone.at()),
              "{\"source_rows\":%d,\"lake_rows\":%d,\"gone\":%d,\"all\":%b,\"moved_bytes\":%d}"
                  .formatted(
                      gone.sourceRows(),
                      gone.lakeRows(),
                      gone.keys().size(),
                      gone.whole(),
                      gone.moved()));
    } catch (TidemarkException e) {
      LOG.warn("{}. {}", e.getMessage(), e.remedy());
      record = context.failed(Step.SWEEP, table.name(), started, e);
    }
    runs.store(List.of(record), List.of());
    context.listener().accept(record);
    return record.counts().of(Count.LANDED) > 0;
  }

  private static Gone gone(Lake lake, TableSpec table, JdbcFeed feed) {
    try (Snapshot snapshot = feed.database().snapshot(feed.statementTimeout())) {
      return new DeleteSweep(
              lake, table, snapshot, snapshot.table(table.source().orElse(table.name())))
          .run();
    }
  }

  private Counts land(Lake own, TableSpec table, JdbcFeed feed, List<List<String>> keys) {
    BackfillJob job = new BackfillJob(spec, table, own, ReadPace.of(feed), context, runs);
    return job.runKeys(keys, NO_WAIT);
  }
}
