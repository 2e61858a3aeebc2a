package io.tidemark.quality.checks;

import io.tidemark.core.check.Subject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Writes measures for people. */
public final class Numbers {
  private static final MathContext SIX_DIGITS = new MathContext(6);
  private static final double EXACT_BELOW = 1e15;

  private Numbers() {}

  /** A measure of a subject: an age as a duration, all others as a number. */
  static String text(Subject subject, double value) {
    return subject instanceof Subject.Freshness && Double.isFinite(value)
        ? duration(Math.round(value))
        : text(value);
  }

  /** Whole numbers in full, others with six digits. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < EXACT_BELOW) {
      return Long.toString((long) value);
    }
    return new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros().toPlainString();
  }

  static String percent(double share) {
    return text(share * 100) + " %";
  }

  /** Such as {@code 1d 2h}, {@code 15m}, {@code -30s}. */
  public static String duration(long seconds) {
    Duration time = Duration.ofSeconds(Math.abs(seconds));
    String sign = seconds < 0 ? "-" : "";
    String text =
        "%dd %dh %dm %ds"
            .formatted(
                time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart())
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\b0[dhms]\\b ?", "")
            .strip();
    return text.isEmpty() ? "0s" : sign + text;
  }
}
