package io.tidemark.core.check;

import java.util.Optional;

/**
 * What a measure must be.
 *
 * @param atLeast empty for no least value
 * @param atMost empty for no greatest value
 * @param tolerance how far outside it may be; not negative
 */
public record Bounds(Optional<Double> atLeast, Optional<Double> atMost, double tolerance) {
  /** Whether a measure keeps them; NaN never does. */
  public boolean hold(double value) {
    return atLeast.map(least -> value >= least - tolerance).orElse(true)
        && atMost.map(most -> value <= most + tolerance).orElse(true)
        && !Double.isNaN(value);
  }

  /** Whether nothing is required. */
  public boolean areNone() {
    return atLeast.isEmpty() && atMost.isEmpty();
  }
}
