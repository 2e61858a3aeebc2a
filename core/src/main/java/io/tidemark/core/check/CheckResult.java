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

  /** What was found, which the message tells where there is one, and what was expected. */
  public String inWords() {
    return "%s: %s, expected %s".formatted(check, foundInWords(), expected);
  }

  /** The message, which tells the measure in its own unit; without one, the measure. */
  public String foundInWords() {
    return message.isEmpty() ? valueInWords() : message;
  }

  /** Whole numbers in full, others with six digits; those that would seem whole then, in full. */
  private String valueInWords() {
    if (value.isEmpty()) {
      return "not measured";
    }
    double measured = value.getAsDouble();
    if (Double.isNaN(measured) || Double.isInfinite(measured)) {
      return Double.toString(measured);
    }
    BigDecimal exact = BigDecimal.valueOf(measured).stripTrailingZeros();
    BigDecimal rounded = exact.round(SHOWN).stripTrailingZeros();
    return (rounded.scale() <= 0 ? exact : rounded).toPlainString();
  }
}
