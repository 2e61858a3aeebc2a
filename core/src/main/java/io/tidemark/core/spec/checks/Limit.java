package io.tidemark.core.spec.checks;

import io.tidemark.core.spec.setting.InvalidValue;
import io.tidemark.core.spec.setting.ScalarType;
import io.tidemark.core.spec.setting.ValueTypes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A limit of a measure.
 *
 * @param value a number; of a percentage its share, of a duration its seconds
 * @param form how it is written
 */
record Limit(double value, Form form) {
  /** The forms of limits. */
  enum Form {
    NUMBER,
    PERCENTAGE,
    DURATION
  }

  static final Limit ZERO = new Limit(0, Form.NUMBER);

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");
  private static final ScalarType<Duration> DURATIONS = ValueTypes.duration();

  /** The type of the settings. */
  static ScalarType<Limit> type() {
    String syntax = "a number, of shares also a percentage (95%), of ages a duration (1h)";
    return new ScalarType<>(
        "limit", syntax, (text, site) -> parse(text, "write " + syntax), Limit::text);
  }

  /** The type of a number that is nothing else. */
  static ScalarType<Double> number(String syntax, double least, double most) {
    return new ScalarType<>(
        "number",
        syntax,
        (text, site) -> {
          double value = parse(text, "write " + syntax).value();
          if (!NUMBER.matcher(text).matches() || value < least || value > most) {
            throw new InvalidValue("is out of range", "write " + syntax);
          }
          return value;
        },
        value -> new Limit(value, Form.NUMBER).text());
  }

  private static Limit parse(String text, String remedy) throws InvalidValue {
    String percent = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
    if (NUMBER.matcher(percent).matches()) {
      BigDecimal number = new BigDecimal(percent);
      boolean share = percent.length() < text.length();
      double value = (share ? number.movePointLeft(2) : number).doubleValue();
      if (Double.isInfinite(value)) {
        throw new InvalidValue("is too large a number", remedy);
      }
      return new Limit(value, share ? Form.PERCENTAGE : Form.NUMBER);
    }
    if (!text.matches("\\d+[a-z]+")) {
      throw new InvalidValue("is not a number", remedy);
    }
    Duration duration = DURATIONS.parser().parse(text, null);
    return new Limit(duration.toMillis() / 1000.0, Form.DURATION);
  }

  /** The text that parses to the same limit. */
  private String text() {
    return switch (form) {
      case NUMBER -> plain(BigDecimal.valueOf(value));
      case PERCENTAGE -> plain(BigDecimal.valueOf(value).movePointRight(2)) + "%";
      case DURATION -> DURATIONS.text().apply(Duration.ofMillis(Math.round(value * 1000)));
    };
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
