package io.tidemark.core.check;

import static java.util.Objects.requireNonNull;

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
}
