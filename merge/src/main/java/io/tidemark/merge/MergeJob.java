package io.tidemark.merge;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SparkSessions;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.SideBySide;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.merge.combine.CombinedTable;
import io.tidemark.merge.history.TableHistory;
import io.tidemark.merge.silver.TableMerge;
import io.tidemark.merge.silver.TableMerge.Past;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings all silver tables of a pipeline up to what has landed, several at a time. */
public final class MergeJob {
  private static final Logger LOG = LoggerFactory.getLogger(MergeJob.class);

  private final PipelineSpec spec;
  private final Lake lake;
  private final RunContext context;
  private final RunLog runs;
  private final Set<String> whole = ConcurrentHashMap.newKeySet();

  /** A job for one run. */
  public MergeJob(PipelineSpec spec, Lake lake, RunContext context, RunLog runs) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.runs = runs;
  }

  /** What is done with one table. */
  private record Work(Step step, String table) {}

  /** One pass over all tables. A table that fails stays as it was, and holds no other up. */
  public MergeOutcome run() {
    List<Work> work = new ArrayList<>();
    for (String table : lake.bronzeTables(spec.name())) {
      work.add(new Work(Step.MERGE, table));
      if (hasHistory(table)) {
        work.add(new Work(Step.HISTORY, table));
      }
    }
    List<StepRecord> steps = new ArrayList<>();
    SideBySide.each(spec.parallelTables(), work, this::apply).forEach(steps::addAll);
    // From the tables that were just merged: of several sources each has one.
    List<TableSpec> combined =
        spec.tables().values().stream().filter(table -> table.sources().several()).toList();
    SideBySide.each(spec.parallelTables(), combined, this::combine).forEach(steps::addAll);
    if (!steps.isEmpty()) {
      runs.store(steps, List.of());
      steps.forEach(context.listener());
    }
    return new MergeOutcome(steps);
  }

  private boolean hasHistory(String table) {
    return spec.tables().containsKey(table) && spec.tables().get(table).history();
  }

  private List<StepRecord> apply(Work work) {
    UnavailableValue unavailable = new UnavailableValue(spec.source().unavailableValue());
    String table = work.table();
    return inSession(
        work,
        own ->
            (work.step() == Step.HISTORY
                    ? new TableHistory(own, spec.table(table), unavailable, context).run()
                    : merge(new TableMerge(own, spec.table(table), unavailable, context), table))
                .stream().toList());
  }

  /** A merge that failed counts as cut off, as one of another process does. */
  private Optional<StepRecord> merge(TableMerge merge, String table) {
    Past past = whole.remove(table) ? Past.WHOLE : Past.UNKNOWN;
    Optional<StepRecord> step = merge.run(past);
    whole.add(table);
    return step;
  }

  private List<StepRecord> combine(TableSpec table) {
    Work work = new Work(Step.MERGE, table.name());
    return inSession(work, own -> new CombinedTable(own, table, context).run());
  }

  private List<StepRecord> inSession(Work work, Function<Lake, List<StepRecord>> action) {
    Instant started = context.clock().instant();
    SparkSession session = SparkSessions.forTable(lake.spark());
    SparkSession.setActiveSession(session);
    try {
      return action.apply(lake.with(session));
    } catch (TidemarkException e) {
      LOG.warn("{}. {}", e.getMessage(), e.remedy());
      return List.of(context.failed(work.step(), work.table(), started, e));
    } catch (Exception e) { // Spark throws checked exceptions that its signatures do not name.
      LOG.error(
          "{} of table '{}' of pipeline '{}' failed", work.step(), work.table(), spec.name(), e);
      return List.of(context.failed(work.step(), work.table(), started, e));
    } finally {
      SparkSession.clearActiveSession();
    }
  }
}
