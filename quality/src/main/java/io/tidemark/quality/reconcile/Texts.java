package io.tidemark.quality.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.UndecodableValueException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What texts of PostgreSQL, and texts in the lake, stand for.
 *
 * <p>All methods throw an IllegalArgumentException, DateTimeException or ArithmeticException for
 * texts they do not understand.
 */
final class Texts {
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final String END_OF_DAY = "24:00:00";

  private Texts() {}

  static Boolean truth(String text) {
    return switch (text) {
      case "t", "1" -> true;
      case "f", "0" -> false;
      default -> throw new IllegalArgumentException("Invalid boolean: " + text);
    };
  }

  /** A decimal by its value, whatever its scale. */
  static BigDecimal decimal(String text) {
    return new BigDecimal(text).stripTrailingZeros();
  }

  /**
   * A decimal that is text in the lake, by its value too: zeros at the end, which PostgreSQL keeps
   * in a numeric without scale, do not reach the lake, because Debezium drops them.
   */
  static String digits(String text) {
    return decimal(text).toPlainString();
  }

  static LocalDate date(String text) {
    return LocalDate.parse(text);
  }

  static LocalDateTime localDateTime(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  static Instant instant(String text) {
    // PostgreSQL leaves out the minutes of an offset; java.time wants them.
    char sign = text.charAt(text.length() - 3);
    String complete = sign == '+' || sign == '-' ? text + ":00" : text;
    return OffsetDateTime.parse(complete.replace(' ', 'T')).toInstant();
  }

  static byte[] bytes(String text) {
    if (!text.startsWith("\\x")) {
      throw new IllegalArgumentException("Invalid bytes: " + text);
    }
    return HexFormat.of().parseHex(text, 2, text.length());
  }

  /** A time of day; the end of a day, which is none in Java, stays what it is. */
  static String timeOfDay(String text) {
    return text.startsWith(END_OF_DAY) ? END_OF_DAY : LocalTime.parse(text).toString();
  }

  /** A time of day with an offset, moved to UTC. */
  static String timeOfDayInUtc(String text) {
    int zone = Math.max(text.indexOf('+'), Math.max(text.indexOf('-'), text.indexOf('Z')));
    if (zone < 0) {
      throw new IllegalArgumentException("Invalid time with zone: " + text);
    }
    String time = text.substring(0, zone);
    long nanos = time.startsWith(END_OF_DAY) ? 0 : LocalTime.parse(time).toNanoOfDay();
    long offset = ZoneOffset.of(text.substring(zone)).getTotalSeconds() * 1_000_000_000L;
    return LocalTime.ofNanoOfDay(Math.floorMod(nanos - offset, NANOS_PER_DAY)).toString();
  }

  static String interval(String text) {
    return parsedInterval(text).toString();
  }

  static Long intervalMicros(String text) {
    return parsedInterval(text).inMicros();
  }

  private static IsoInterval parsedInterval(String text) {
    return IsoInterval.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("Invalid interval: " + text));
  }

  /** JSON without what does not change its value: spaces, order of fields, form of numbers. */
  static String json(String text) {
    try {
      StringBuilder canonical = new StringBuilder();
      append(canonical, JsonText.parse(text));
      return canonical.toString();
    } catch (UndecodableValueException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void append(StringBuilder text, JsonNode value) {
    if (value.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      value.fields().forEachRemaining(field -> sorted.put(field.getKey(), field.getValue()));
      text.append('{');
      sorted.forEach(
          (name, field) -> {
            text.append(JsonText.compact(TextNode.valueOf(name))).append(':');
            append(text, field);
            text.append(',');
          });
      text.append('}');
    } else if (value.isArray()) {
      text.append('[');
      for (JsonNode element : value) {
        append(text, element);
        text.append(',');
      }
      text.append(']');
    } else if (value.isNumber() && !value.isDouble()) {
      text.append(value.decimalValue().stripTrailingZeros());
    } else {
      text.append(JsonText.compact(value));
    }
  }
}
