package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.InvalidValue;
import io.tidemark.core.spec.setting.ScalarType;
import io.tidemark.core.spec.setting.ValueTypes;
import java.time.Duration;

/**
 * How far a poll reaches back: a time where watermarks are times or dates, else a number.
 *
 * @param time of watermarks that are times or dates
 * @param number of watermarks that are whole numbers
 */
public record Lag(Duration time, long number) {
  private static final ScalarType<Duration> TIMES = ValueTypes.duration();
  private static final ScalarType<Long> NUMBERS = ValueTypes.wholeNumber(0, Long.MAX_VALUE);

  /** The type of the setting. */
  static ScalarType<Lag> type() {
    String syntax = "a duration such as 10m; for watermarks that are whole numbers, a whole number";
    return new ScalarType<>(
        "lag",
        syntax,
        (text, site) -> {
          try {
            return text.matches("[0-9]+")
                ? new Lag(Duration.ZERO, Long.parseLong(text))
                : new Lag(TIMES.parser().parse(text, site), 0);
          } catch (NumberFormatException e) {
            throw new InvalidValue("is out of range", "write " + syntax);
          }
        },
        lag ->
            lag.isNumber()
                ? NUMBERS.show(lag.number, key -> false)
                : TIMES.show(lag.time, key -> false));
  }

  /** Whether it is given as a number. */
  public boolean isNumber() {
    return time.isZero() && number > 0;
  }
}
