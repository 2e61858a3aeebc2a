package io.tidemark.quality.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers and times as the page writes them. */
final class Figures {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final MathContext DIGITS = new MathContext(6, RoundingMode.DOWN);
  private static final int LONGEST = 16;

  private Figures() {}

  static String time(Instant time) {
    return TIME.format(time);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count with its noun: {@code 1 check}, {@code 2 checks}. */
  static String count(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /** What was measured, if anything was. */
  static String measure(OptionalDouble value) {
    if (value.isEmpty()) {
      return "not measured";
    }
    double measured = value.getAsDouble();
    return Double.isFinite(measured) ? number(measured) : Double.toString(measured);
  }

  /** A finite number, with six digits and its thousands apart; 0.9999999 does not become 1. */
  static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    BigDecimal shown = exact.scale() <= 0 ? exact : exact.round(DIGITS).stripTrailingZeros();
    String plain =
        shown.scale() <= 0
            ? String.format(Locale.ROOT, "%,d", shown.toBigInteger())
            : shown.toPlainString();
    return plain.length() <= LONGEST ? plain : String.format(Locale.ROOT, "%.4e", value);
  }
}
