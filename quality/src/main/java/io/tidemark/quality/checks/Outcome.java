package io.tidemark.quality.checks;

import java.util.OptionalDouble;

/** What came of measuring. */
sealed interface Outcome {
  /**
   * A number.
   *
   * @param detail what it was made of, for the message if it is not what it should be; may be empty
   */
  record Value(double value, String detail) implements Outcome {}

  /** There was nothing to measure. */
  record Nothing(String reason) implements Outcome {}

  /** It could not be measured. */
  record Failed(String reason) implements Outcome {}

  /** A number, or nothing for lack of rows. */
  static Outcome of(OptionalDouble value) {
    return value.isPresent()
        ? new Value(value.getAsDouble(), "")
        : new Nothing("no row has a value to measure");
  }
}
