package io.tidemark.core.schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Texts of single values that Spark's cast, and {@link #value}, turn back into exactly these
 * values, whatever the settings of a session.
 */
public final class ExactText {
  private ExactText() {}

  /** Whether values of a type have such texts. */
  public static boolean isOf(LakeType type) {
    return !(type instanceof LakeType.Binary
        || type instanceof LakeType.ArrayOf
        || type instanceof LakeType.MapOf
        || type instanceof LakeType.StructOf);
  }

  /** The text of a value. */
  public static String of(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof LocalDateTime time
        ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) // Its own text may lack the seconds.
        : value.toString();
  }

  /**
   * The value of a text.
   *
   * @throws RuntimeException if it is no text of a value of the type
   */
  public static Object value(String text, LakeType type) {
    if (type instanceof LakeType.Bool) {
      return Boolean.valueOf(text);
    } else if (type instanceof LakeType.Int32) {
      return Integer.valueOf(text);
    } else if (type instanceof LakeType.Int64) {
      return Long.valueOf(text);
    } else if (type instanceof LakeType.Float32) {
      return Float.valueOf(text);
    } else if (type instanceof LakeType.Float64) {
      return Double.valueOf(text);
    } else if (type instanceof LakeType.Decimal decimal) {
      return new BigDecimal(text).setScale(decimal.scale());
    } else if (type instanceof LakeType.Date) {
      return LocalDate.parse(text);
    } else if (type instanceof LakeType.Timestamp) {
      return Instant.parse(text);
    } else if (type instanceof LakeType.TimestampNtz) {
      return LocalDateTime.parse(text);
    }
    return text;
  }
}
