package io.tidemark.quality.reconcile;

import io.tidemark.core.database.DatabaseType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Texts of a key's values that are the same from both sides, and that the database takes. */
final class KeyTexts {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private KeyTexts() {}

  /** Of a value of the lake. */
  static String of(DatabaseType type, Object value) {
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros().toPlainString();
    }
    if (value instanceof LocalDateTime time) {
      return MICROS.format(time);
    }
    if (value instanceof Instant time) {
      return MICROS.format(time.atOffset(ZoneOffset.UTC)) + zone(type);
    }
    if (value instanceof byte[] bytes) {
      return prefix(type) + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Boolean truth) {
      return truth ? "1" : "0";
    }
    return String.valueOf(value);
  }

  private static String zone(DatabaseType type) {
    return type.name().equals("timestamptz") ? "+00" : "";
  }

  private static String prefix(DatabaseType type) {
    return type.name().equals("bytea") ? "\\x" : "";
  }

  /** Of a text that the database gave. */
  static String ofSource(DatabaseType type, String text) {
    return switch (type.name()) {
      case "numeric", "decimal" -> new BigDecimal(text).stripTrailingZeros().toPlainString();
      case "timestamp", "datetime" -> MICROS.format(LocalDateTime.parse(text.replace(' ', 'T')));
      case "timestamptz" ->
          MICROS.format(LocalDateTime.parse(text.replace(' ', 'T').replaceAll("[+]00$", "")))
              + "+00";
      case "bool" -> text.equals("t") || text.equals("1") ? "1" : "0";
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          text.toLowerCase(java.util.Locale.ROOT);
      default -> text;
    };
  }
}
