package io.tidemark.ingest.types;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A decoded value as text, in the form in which the tests ask the databases for theirs. */
final class Image {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

  private Image() {}

  /** Floating point numbers are shown by their bits: every one has its own. */
  static String of(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Double number) {
      return HexFormat.of().toHexDigits(Double.doubleToLongBits(number));
    }
    if (value instanceof Float number) {
      return HexFormat.of().toHexDigits(Float.floatToIntBits(number));
    }
    if (value instanceof LocalDateTime local) {
      return LOCAL.format(local);
    }
    if (value instanceof Instant instant) {
      return LOCAL.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + "Z";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Image::of).collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof Object[] struct) {
      return Arrays.stream(struct).map(Image::of).collect(Collectors.joining(";", "(", ")"));
    }
    return value instanceof Map<?, ?> map ? entries(map) : value.toString();
  }

  private static String entries(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }
}
