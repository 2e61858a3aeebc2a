package io.tidemark.merge;

import io.tidemark.core.check.BadTables;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.LakeCatalog;
import io.tidemark.core.run.Gate;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.merge.gold.Marts;
import java.util.List;

/** Brings all marts of a pipeline up to silver. */
public final class GoldJob {
  private final PipelineSpec spec;
  private final Lake lake;
  private final RunContext context;
  private final RunLog runs;
  private final Marts marts;

  /**
   * A job for one run.
   *
   * @param gate judges what a mart would become, of marts with checks
   */
  public GoldJob(PipelineSpec spec, Lake lake, RunContext context, RunLog runs, Gate gate) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.runs = runs;
    this.marts = new Marts(spec, lake, context, gate);
  }

  /**
   * One pass over all marts. A mart that fails keeps its last good version; it is tried again when
   * what it is made of has changed, and now and then.
   *
   * @param bad silver tables from which no mart is refreshed
   */
  public MergeOutcome run(BadTables bad) {
    if (spec.gold().isEmpty()) {
      return new MergeOutcome(List.of());
    }
    LakeCatalog.register(lake);
    List<StepRecord> steps = marts.refresh(bad);
    if (!steps.isEmpty()) {
      runs.store(steps, List.of());
      steps.forEach(context.listener());
    }
    return new MergeOutcome(steps);
  }

  /** Whether marts are behind, and the last pass had no reason to try them again. */
  public boolean isBehind() {
    return marts.anyRejected();
  }
}
