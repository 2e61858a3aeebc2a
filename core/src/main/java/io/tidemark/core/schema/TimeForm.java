package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.TimeCodecs.Unit;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an event writes a date or timestamp, read for columns that are declared to hold more than the
 * lake's own types do: any year that PostgreSQL has, nanoseconds, infinity.
 */
sealed interface TimeForm extends Serializable {
  /**
   * The earliest day of PostgreSQL, 4714-11-24 BC; what lies before is a number that overflowed.
   */
  long MIN_DAY = LocalDate.of(-4713, 11, 24).toEpochDay();

  /** Infinity, if the value is one of its images. */
  Optional<Infinite> infinite(JsonNode value);

  /** The text of a finite value: ISO 8601, years beyond 0000 to 9999 with a sign. */
  String text(JsonNode value);

  /** Days since 1970-01-01. */
  record Days() implements TimeForm {
    @Override
    public Optional<Infinite> infinite(JsonNode value) {
      return Infinite.days(value);
    }

    @Override
    public String text(JsonNode value) {
      long day = Exact.integer(value);
      return checked(LocalDate.ofEpochDay(requirePossible(day, value)).atStartOfDay(), value)
          .toLocalDate()
          .toString();
    }
  }

  /**
   * Units since 1970-01-01T00:00.
   *
   * @param suffix {@code Z} for instants, nothing for local times
   */
  record Count(Unit unit, String suffix) implements TimeForm {
    @Override
    public Optional<Infinite> infinite(JsonNode value) {
      return Infinite.count(value, unit);
    }

    @Override
    public String text(JsonNode value) {
      long count = Exact.integer(value);
      long seconds = unit.seconds(count);
      requirePossible(Math.floorDiv(seconds, 86_400), value);
      LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, unit.nanos(count), ZoneOffset.UTC);
      return timestamp(time) + suffix;
    }
  }

  /** ISO date, which Debezium marks with {@code Z}. */
  record IsoDay() implements TimeForm {
    @Override
    public Optional<Infinite> infinite(JsonNode value) {
      return Infinite.text(value);
    }

    @Override
    public String text(JsonNode value) {
      String text = BytesCodecs.text(value);
      LocalDate date = parsed(value, () -> LocalDate.parse(withoutUtc(text)));
      return checked(date.atStartOfDay(), value).toLocalDate().toString();
    }
  }

  /** ISO timestamp of a wall's clock, which Debezium marks with {@code Z}. */
  record IsoLocal() implements TimeForm {
    @Override
    public Optional<Infinite> infinite(JsonNode value) {
      return Infinite.text(value);
    }

    @Override
    public String text(JsonNode value) {
      String text = BytesCodecs.text(value);
      LocalDateTime time = parsed(value, () -> LocalDateTime.parse(withoutUtc(text)));
      return timestamp(checked(time, value));
    }
  }

  /** ISO timestamp with an offset. */
  record IsoZoned() implements TimeForm {
    @Override
    public Optional<Infinite> infinite(JsonNode value) {
      return Infinite.text(value);
    }

    @Override
    public String text(JsonNode value) {
      String text = BytesCodecs.text(value);
      LocalDateTime time =
          parsed(
              value,
              () ->
                  OffsetDateTime.parse(text)
                      .withOffsetSameInstant(ZoneOffset.UTC)
                      .toLocalDateTime());
      return timestamp(checked(time, value)) + "Z";
    }
  }

  private static String withoutUtc(String text) {
    return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
  }

  private static <T> T parsed(JsonNode value, Supplier<T> parse) {
    try {
      return parse.get();
    } catch (DateTimeException e) {
      throw UndecodableValueException.value(
          UndecodableValueException.Code.BAD_TIME, value, "an ISO 8601 date or time is expected");
    }
  }

  private static LocalDateTime checked(LocalDateTime time, JsonNode value) {
    requirePossible(time.toLocalDate().toEpochDay(), value);
    return time;
  }

  private static long requirePossible(long day, JsonNode value) {
    if (day < MIN_DAY) {
      throw UndecodableValueException.value(
          UndecodableValueException.Code.OUT_OF_RANGE,
          value,
          "no database has dates before 4714-11-24 BC; the connector's conversion overflowed");
    }
    return day;
  }

  /** Six digits of a second, nine where they are no whole microseconds. */
  private static String timestamp(LocalDateTime time) {
    int nanos = time.getNano();
    String fraction =
        nanos % 1_000 == 0 ? "%06d".formatted(nanos / 1_000) : "%09d".formatted(nanos);
    return "%sT%02d:%02d:%02d.%s"
        .formatted(
            time.toLocalDate(), time.getHour(), time.getMinute(), time.getSecond(), fraction);
  }
}
