package io.tidemark.quality.alert.rule;

import io.tidemark.core.spec.PipelineSpec;
import java.time.Instant;

/** All rules together. */
public final class AlertRules {
  private AlertRules() {}

  /**
   * What is not as it should be.
   *
   * @param past with the steps of the observation, and without rows older than the pipeline's
   *     window
   */
  public static Findings look(PipelineSpec spec, Observation seen, Past past, Instant now) {
    return CheckRule.look(spec, seen)
        .and(ShareRule.look(spec, past))
        .and(FreshnessRule.look(spec, past, now))
        .and(BlockedRule.look(spec, seen))
        .and(RunRule.look(spec, seen));
  }
}
