package io.tidemark.core.check;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/**
 * What one check, or one row rule, said of a table.
 *
 * @param check the name of the check or rule
 * @param value what was measured; of a row rule the share of rows that keep it; empty where nothing
 *     could be
 * @param expected what it should be, in words: {@code at least 0.95}
 * @param message why it does not hold or could not be judged; empty where it holds
 */
public record CheckResult(
    TableRef table,
    String check,
    Dimension dimension,
    Severity severity,
    Verdict verdict,
    OptionalDouble value,
    String expected,
    String message) {
  private static final MathContext SHOWN = new MathContext(6);

  public CheckResult {
    requireNonNull(table, "table");
    requireNonNull(check, "check");
    requireNonNull(dimension, "dimension");
    requireNonNull(severity, "severity");
    requireNonNull(verdict, "verdict");
    requireNonNull(value, "value");
    requireNonNull(expected, "expected");
    requireNonNull(message, "message");
  }

  /** The measure as people write it: whole numbers in full, others with six digits. */
  public String valueInWords() {
    if (value.isEmpty()) {
      return "not measured";
    }
    double measured = value.getAsDouble();
    if (Double.isNaN(measured) || Double.isInfinite(measured)) {
      return Double.toString(measured);
    }
    BigDecimal exact = BigDecimal.valueOf(measured).stripTrailingZeros();
    BigDecimal rounded = exact.round(SHOWN).stripTrailingZeros();
    // 0.9999999 is not 1.
    return (rounded.scale() <= 0 ? exact : rounded).toPlainString();
  }

  /** What was measured, what was expected and why it does not hold, for a message. */
  public String inWords() {
    return "%s: %s, expected %s%s"
        .formatted(check, valueInWords(), expected, message.isEmpty() ? "" : " (" + message + ")");
  }
}
