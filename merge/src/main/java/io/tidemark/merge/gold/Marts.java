package io.tidemark.merge.gold;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.GoldSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refreshes marts one after the other. */
public final class Marts {
  private static final Logger LOG = LoggerFactory.getLogger(Marts.class);

  private Marts() {}

  /** Refreshes those that need it; tells what was done and what failed. */
  public static List<StepRecord> refresh(List<GoldSpec> marts, Lake lake, RunContext context) {
    List<StepRecord> steps = new ArrayList<>();
    for (GoldSpec mart : marts) {
      Instant started = context.clock().instant();
      try {
        new Mart(mart, lake, context).run().ifPresent(steps::add);
        CrashPoint.AFTER_GOLD.reach();
      } catch (TidemarkException e) {
        LOG.warn("{}. {}", e.getMessage(), e.remedy());
        steps.add(context.failed(Step.GOLD, mart.name(), started, e));
      } catch (Exception e) { // Spark throws checked exceptions that its signatures do not name.
        LOG.error("Mart '{}' keeps its last good version", mart.name(), e);
        steps.add(context.failed(Step.GOLD, mart.name(), started, e));
      }
    }
    return steps;
  }
}
