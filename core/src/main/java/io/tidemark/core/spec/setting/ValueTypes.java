package io.tidemark.core.spec.setting;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types that settings of any file need. */
public final class ValueTypes {
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  /** Smallest unit first: a duration prints in the largest unit that divides it. */
  private static final Map<String, ChronoUnit> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("ms", ChronoUnit.MILLIS);
    UNITS.put("s", ChronoUnit.SECONDS);
    UNITS.put("m", ChronoUnit.MINUTES);
    UNITS.put("h", ChronoUnit.HOURS);
    UNITS.put("d", ChronoUnit.DAYS);
  }

  private ValueTypes() {}

  /** A text that must not be blank. */
  public static ScalarType<String> text(String syntax) {
    return text("text", syntax, text -> {});
  }

  /** A text that must not be blank and passes a check. */
  public static ScalarType<String> text(
      String name, String syntax, ScalarType.Check<String> check) {
    return new ScalarType<>(
        name,
        syntax,
        (text, site) -> {
          if (text.isBlank()) {
            throw new InvalidValue("is empty", "write " + syntax);
          }
          check.verify(text);
          return text;
        },
        Function.identity());
  }

  /** Any text, also an empty one. */
  public static ScalarType<String> anyText(String syntax) {
    return new ScalarType<>("text", syntax, (text, site) -> text, Function.identity());
  }

  /** A text of this shape. */
  public static ScalarType<String> pattern(String name, String syntax, Pattern pattern) {
    return text(
        name,
        syntax,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new InvalidValue("is not a " + name, "write " + syntax);
          }
        });
  }

  /** A whole number between two bounds, both included. */
  public static ScalarType<Long> wholeNumber(long least, long most) {
    String syntax =
        most == Long.MAX_VALUE
            ? "a whole number, at least " + least
            : "a whole number from " + least + " to " + most;
    return new ScalarType<>(
        "whole number", syntax, (text, site) -> number(text, least, most, syntax), String::valueOf);
  }

  private static long number(String text, long least, long most, String syntax)
      throws InvalidValue {
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidValue("is not a whole number", "write " + syntax);
    }
    if (value < least || value > most) {
      throw new InvalidValue("is out of range", "write " + syntax);
    }
    return value;
  }

  /** A length of time; never negative. */
  public static ScalarType<Duration> duration() {
    String syntax = "a whole number with a unit: 500ms, 10s, 5m, 2h or 7d";
    return new ScalarType<>(
        "duration", syntax, (text, site) -> duration(text, syntax), ValueTypes::durationText);
  }

  private static Duration duration(String text, String syntax) throws InvalidValue {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      throw new InvalidValue("is not a duration", "write " + syntax);
    }
    try {
      long unit = UNITS.get(parts.group(2)).getDuration().toMillis();
      return Duration.ofMillis(Math.multiplyExact(Long.parseLong(parts.group(1)), unit));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new InvalidValue("is too long a duration", "write " + syntax);
    }
  }

  private static String durationText(Duration duration) {
    String shortest = duration.toMillis() + "ms";
    for (Map.Entry<String, ChronoUnit> unit : UNITS.entrySet()) {
      long millis = unit.getValue().getDuration().toMillis();
      if (duration.toMillis() % millis == 0) {
        shortest = duration.toMillis() / millis + unit.getKey();
      }
      if (duration.isZero() && unit.getKey().equals("s")) {
        return "0s";
      }
    }
    return shortest;
  }

  /** A length of time that is not zero. */
  public static ScalarType<Duration> someTime() {
    return duration()
        .restricted(
            "more than none",
            time -> {
              if (time.isZero()) {
                throw new InvalidValue("is no time at all", "write a duration such as 10s or 1h");
              }
            });
  }

  /** One of several words. */
  public static <T> ScalarType<T> oneOf(List<T> allowed, Function<T, String> word) {
    List<String> words = allowed.stream().map(word).toList();
    String syntax = words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    return new ScalarType<>(
        "word",
        syntax,
        (text, site) -> {
          int index = words.indexOf(text);
          if (index < 0) {
            throw new InvalidValue("is not known", Suggestion.sentence(text, words));
          }
          return allowed.get(index);
        },
        word);
  }

  /** A list of values that may be empty. */
  public static <T> ValueType<List<T>> list(ScalarType<T> item) {
    return new ListType<>(item, 0, ListType.Repeats.REFUSED_IN_ANY_CASE);
  }

  /** A list of at least one value. */
  public static <T> ValueType<List<T>> nonEmptyList(ScalarType<T> item) {
    return new ListType<>(item, 1, ListType.Repeats.REFUSED_IN_ANY_CASE);
  }

  /** A list of at least one value, in which case matters. */
  public static <T> ValueType<List<T>> nonEmptyExactList(ScalarType<T> item) {
    return new ListType<>(item, 1, ListType.Repeats.REFUSED);
  }

  /** A list of at least one value, in which the same may stand several times. */
  public static <T> ValueType<List<T>> sequence(ScalarType<T> item) {
    return new ListType<>(item, 1, ListType.Repeats.ALLOWED);
  }

  /** A value that is a secret whatever its key is called. */
  public static <T> ValueType<T> secret(ScalarType<T> type) {
    return new SecretType<>(type);
  }

  /** A map with keys chosen by the file; none of its values is a secret by its key's name. */
  public static <T> ValueType<Map<String, T>> map(
      String name, String syntax, ScalarType<String> key, ScalarType<T> value) {
    return new MapType<>(name, syntax, key, value, false);
  }

  /** A map with keys chosen by the file, every value of which is a secret. */
  public static ValueType<Map<String, String>> secrets(
      String name, String syntax, ScalarType<String> key, ScalarType<String> value) {
    return new SecretMapType(new MapType<>(name, syntax, key, value, true));
  }

  /** Properties for a program outside; those named like a password are secrets. */
  public static ValueType<Map<String, String>> properties(
      String name, String syntax, ScalarType<String> key, ScalarType<String> value) {
    return new MapType<>(name, syntax, key, value, true);
  }
}
