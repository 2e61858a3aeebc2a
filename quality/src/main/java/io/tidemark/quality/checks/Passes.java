package io.tidemark.quality.checks;

import io.tidemark.quality.deequ.Ask;
import io.tidemark.quality.deequ.Reasons;
import io.tidemark.quality.deequ.Scan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** Passes over rows, in which one measure that throws does not stop the others. */
final class Passes {
  private Passes() {}

  /**
   * Measures in one pass. Where that throws, each half of the measures gets a pass of its own, down
   * to the one that is to blame.
   *
   * @param states makes the states of a scan, in one pass
   * @param anyRows the same where that threw
   */
  static Map<Ask, Outcome> run(
      Scan scan, Function<Scan, List<Row>> states, Function<Scan, List<Row>> anyRows) {
    Map<Ask, Outcome> outcomes = new LinkedHashMap<>();
    if (scan.isEmpty()) {
      return outcomes;
    }
    try {
      scan.values(states.apply(scan)).forEach((ask, value) -> outcomes.put(ask, Outcome.of(value)));
    } catch (RuntimeException e) {
      if (scan.asked().size() == 1) {
        return Map.of(scan.asked().get(0), new Outcome.Failed(Reasons.of(e)));
      }
      scan.halves().forEach(half -> outcomes.putAll(run(half, anyRows, anyRows)));
    }
    return outcomes;
  }
}
