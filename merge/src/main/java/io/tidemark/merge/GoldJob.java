package io.tidemark.merge;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.LakeCatalog;
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

  /** A job for one run. */
  public GoldJob(PipelineSpec spec, Lake lake, RunContext context, RunLog runs) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.runs = runs;
  }

  /** One pass over all marts. A mart that fails keeps its last good version. */
  public MergeOutcome run() {
    if (spec.gold().isEmpty()) {
      return new MergeOutcome(List.of());
    }
    LakeCatalog.register(lake);
    List<StepRecord> steps = Marts.refresh(List.copyOf(spec.gold().values()), lake, context);
    if (!steps.isEmpty()) {
      runs.store(steps, List.of());
      steps.forEach(context.listener());
    }
    return new MergeOutcome(steps);
  }
}
