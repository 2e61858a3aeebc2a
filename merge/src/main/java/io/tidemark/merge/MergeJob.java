package io.tidemark.merge;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.SideBySide;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.merge.history.TableHistory;
import io.tidemark.merge.silver.TableMerge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    for (String table : lake.bronzeTables().stream().filter(this::isOurs).toList()) {
      work.add(new Work(Step.MERGE, table));
      if (hasHistory(table)) {
        work.add(new Work(Step.HISTORY, table));
      }
    }
    List<StepRecord> steps =
        SideBySide.each(spec.parallelTables(), work, this::apply).stream()
            .flatMap(Optional::stream)
            .toList();
    if (!steps.isEmpty()) {
      runs.store(steps, List.of());
      steps.forEach(context.listener());
    }
    return new MergeOutcome(steps);
  }

  private boolean isOurs(String table) {
    return spec.name().equals(lake.bronze(table).properties().get(BronzeColumns.PIPELINE_PROPERTY));
  }

  private boolean hasHistory(String table) {
    return spec.tables().containsKey(table) && spec.tables().get(table).history();
  }

  private Optional<StepRecord> apply(Work work) {
    String table = work.table();
    Instant started = context.clock().instant();
    // A session of its own: Delta takes the commit token from the session's settings.
    SparkSession session = lake.spark().newSession();
    SparkSession.setActiveSession(session);
    try {
      UnavailableValue unavailable = new UnavailableValue(spec.source().unavailableValue());
      return work.step() == Step.HISTORY
          ? new TableHistory(lake.with(session), table, unavailable, context).run()
          : new TableMerge(lake.with(session), spec.table(table), unavailable, context).run();
    } catch (TidemarkException e) {
      LOG.warn("{}. {}", e.getMessage(), e.remedy());
      return Optional.of(context.failed(work.step(), table, started, e));
    } catch (Exception e) { // Spark throws checked exceptions that its signatures do not name.
      LOG.error("{} of table '{}' of pipeline '{}' failed", work.step(), table, spec.name(), e);
      return Optional.of(context.failed(work.step(), table, started, e));
    } finally {
      SparkSession.clearActiveSession();
    }
  }
}
