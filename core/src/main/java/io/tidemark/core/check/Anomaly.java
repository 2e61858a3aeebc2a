package io.tidemark.core.check;

import java.util.Optional;

/** What of a measure is no surprise, given its own history. */
public sealed interface Anomaly {
  /**
   * How much it may change from the last time, in its own unit.
   *
   * @param maxDecrease not negative; empty for any
   * @param maxIncrease not negative; empty for any
   */
  record AbsoluteChange(Optional<Double> maxDecrease, Optional<Double> maxIncrease)
      implements Anomaly {}

  /**
   * How much it may change from the last time, as share of what it was: 0.2 is a fifth.
   *
   * @param maxDecrease between 0 and 1; empty for any
   * @param maxIncrease not negative; empty for any
   */
  record RelativeChange(Optional<Double> maxDecrease, Optional<Double> maxIncrease)
      implements Anomaly {}

  /**
   * How far from the mean of its history it may be, in standard deviations.
   *
   * @param deviations 3 in a 3-sigma rule
   * @param minHistory how many earlier values it takes to judge
   */
  record Deviation(double deviations, int minHistory) implements Anomaly {}

  /**
   * The same against the values of earlier days that were the same day of the week.
   *
   * @param minHistory how many earlier values of that weekday it takes to judge
   */
  record Weekday(double deviations, int minHistory) implements Anomaly {}
}
