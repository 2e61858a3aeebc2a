package io.tidemark.merge;

import io.tidemark.core.run.StepRecord;
import java.util.List;

/**
 * What one pass over the tables or marts did.
 *
 * @param steps one record for each that had something to do, failed ones included
 */
public record MergeOutcome(List<StepRecord> steps) {
  /** The records of those that failed. */
  public List<StepRecord> failures() {
    return steps.stream().filter(step -> step.error().isPresent()).toList();
  }
}
