package io.tidemark.quality.report;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good the data is in one dimension: the share of its checks that hold, where a check of
 * severity error weighs twice one that warns. Checks that had nothing to judge are left out.
 *
 * @param holding the checks that hold
 * @param judged the checks with a verdict
 * @param weightHolding the weight of those that hold
 * @param weight the weight of all judged ones
 */
record Score(int holding, int judged, int weightHolding, int weight) {
  /** The definition for readers of the page. */
  static final String DEFINITION =
      "A score is the share of a dimension's checks that hold; a check of severity error weighs"
          + " twice one that warns. Checks with nothing to judge yet are left out, and a check that"
          + " could not be computed does not hold.";

  private static final Score NONE = new Score(0, 0, 0, 0);

  /** The scores of all dimensions. */
  static Map<Dimension, Score> of(List<CheckResult> results) {
    Map<Dimension, Score> scores = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      scores.put(dimension, NONE);
    }
    for (CheckResult result : results) {
      scores.computeIfPresent(result.dimension(), (dimension, score) -> score.with(result));
    }
    return scores;
  }

  private Score with(CheckResult result) {
    if (result.verdict() == Verdict.NOT_YET) {
      return this;
    }
    int weighs = result.severity() == Severity.ERROR ? 2 : 1;
    boolean holds = result.verdict() == Verdict.PASS;
    return new Score(
        holding + (holds ? 1 : 0),
        judged + 1,
        weightHolding + (holds ? weighs : 0),
        weight + weighs);
  }

  /** In percent, rounded down, so that only what is whole is 100; empty if nothing was judged. */
  Optional<BigDecimal> percent() {
    return weight == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(100L * weightHolding)
                .divide(BigDecimal.valueOf(weight), 1, RoundingMode.DOWN)
                .stripTrailingZeros());
  }
}
