package io.tidemark.quality.reconcile;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An interval in PostgreSQL's three units, which are not convertible into each other.
 *
 * @param months years included
 * @param days weeks included
 * @param micros hours, minutes and seconds
 */
record IsoInterval(long months, long days, BigDecimal micros) {
  private static final String NUMBER = "(?:(-?\\d+(?:\\.\\d+)?)%s)?";
  private static final Pattern FORM =
      Pattern.compile(
          "P"
              + NUMBER.formatted("Y")
              + NUMBER.formatted("M")
              + NUMBER.formatted("D")
              + "(?:T"
              + NUMBER.formatted("H")
              + NUMBER.formatted("M")
              + NUMBER.formatted("S")
              + ")?");

  // As docs/types.md says of intervals that arrive as a number: a month counts 30.4375 days.
  private static final BigDecimal MICROS_PER_MONTH = new BigDecimal("2629800000000");
  private static final BigDecimal MICROS_PER_DAY = new BigDecimal("86400000000");
  private static final long[] SECONDS = {3_600, 60, 1};

  /** The interval that a text like {@code P1Y2M3DT4H5M6.5S} stands for; empty for other texts. */
  static Optional<IsoInterval> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (text.length() < 3 || !parts.matches()) {
      return Optional.empty();
    }
    BigDecimal micros = BigDecimal.ZERO;
    for (int i = 0; i < SECONDS.length; i++) {
      BigDecimal unit = BigDecimal.valueOf(SECONDS[i] * 1_000_000);
      micros = micros.add(number(parts, 4 + i).multiply(unit));
    }
    long months = number(parts, 1).longValueExact() * 12 + number(parts, 2).longValueExact();
    return Optional.of(
        new IsoInterval(
            months, number(parts, 3).longValueExact(), new BigDecimal(micros.toBigIntegerExact())));
  }

  private static BigDecimal number(Matcher parts, int group) {
    return parts.group(group) == null ? BigDecimal.ZERO : new BigDecimal(parts.group(group));
  }

  /** All of it in microseconds, as Debezium counts them. */
  long inMicros() {
    return micros
        .add(MICROS_PER_DAY.multiply(BigDecimal.valueOf(days)))
        .add(MICROS_PER_MONTH.multiply(BigDecimal.valueOf(months)))
        .longValueExact();
  }

  @Override
  public String toString() {
    return months + " months " + days + " days " + micros.toPlainString() + " µs";
  }
}
