package io.tidemark.core.rule;

import io.tidemark.core.schema.LakeType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** Single values as Spark holds them, as values of the classes that {@link LakeType} names. */
final class CatalystValues {
  private CatalystValues() {}

  /** The value; null for null. */
  static Object of(Object value, LakeType type) {
    if (value instanceof UTF8String text) {
      return text.toString();
    }
    if (value instanceof Decimal number) {
      return number.toJavaBigDecimal();
    }
    if (value instanceof Integer days && type instanceof LakeType.Date) {
      return LocalDate.ofEpochDay(days);
    }
    if (value instanceof Long micros && type instanceof LakeType.Timestamp) {
      return instant(micros);
    }
    if (value instanceof Long micros && type instanceof LakeType.TimestampNtz) {
      return LocalDateTime.ofInstant(instant(micros), ZoneOffset.UTC);
    }
    return value;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
