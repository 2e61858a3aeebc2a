package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/** Dates, timestamps and times of day, from counts and from text. */
final class TimeCodecs {
  static final long NANOS_PER_SECOND = 1_000_000_000L;
  static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;

  private static final int NANOS_PER_MICRO = 1_000;
  private static final long MIN_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long MAX_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final long MIN_SECOND = MIN_DAY * 86_400;
  private static final long MAX_SECOND = MAX_DAY * 86_400 + 86_399;

  /** The longest time of MySQL: 838:59:59. */
  private static final long MAX_TIME_SECONDS = 838 * 3_600L + 59 * 60 + 59;

  private TimeCodecs() {}

  /** What a count counts. */
  enum Unit {
    MILLIS(1_000),
    MICROS(1_000_000),
    NANOS(NANOS_PER_SECOND);

    private final long perSecond;

    Unit(long perSecond) {
      this.perSecond = perSecond;
    }

    long seconds(long count) {
      return Math.floorDiv(count, perSecond);
    }

    int nanos(long count) {
      return (int) (Math.floorMod(count, perSecond) * (NANOS_PER_SECOND / perSecond));
    }
  }

  /** Days since 1970-01-01. */
  record EpochDays() implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Date();
    }

    @Override
    public Object decode(JsonNode value) {
      long day = Exact.integer(value);
      if (day < MIN_DAY || day > MAX_DAY) {
        throw outOfRange(value);
      }
      return LocalDate.ofEpochDay(day);
    }
  }

  /** Units since 1970-01-01T00:00 on a wall's clock. */
  record EpochLocal(Unit unit) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.TimestampNtz();
    }

    @Override
    public Object decode(JsonNode value) {
      long count = Exact.integer(value);
      long seconds = checkedSeconds(unit.seconds(count), value);
      int nanos = wholeMicros(unit.nanos(count), value);
      return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    }
  }

  /** Units since 1970-01-01T00:00Z. */
  record EpochInstant(Unit unit) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Timestamp();
    }

    @Override
    public Object decode(JsonNode value) {
      long count = Exact.integer(value);
      long seconds = checkedSeconds(unit.seconds(count), value);
      return Instant.ofEpochSecond(seconds, wholeMicros(unit.nanos(count), value));
    }
  }

  /** Units since midnight, as text: Spark has no time of day. */
  record TimeOfDay(Unit unit) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      long count = Exact.integer(value);
      boolean negative = count < 0;
      // The smallest long has no positive twin; its seconds are out of range as they are.
      long size = negative && count != Long.MIN_VALUE ? -count : count;
      long seconds = unit.seconds(size);
      if (seconds < 0 || seconds > MAX_TIME_SECONDS) {
        throw UndecodableValueException.value(
            Code.OUT_OF_RANGE, value, "a time is at most 838:59:59 on either side of midnight");
      }
      return (negative ? "-" : "") + timeText(seconds, unit.nanos(size));
    }
  }

  /** ISO date; Debezium puts a {@code Z} behind it. */
  record IsoDate() implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Date();
    }

    @Override
    public Object decode(JsonNode value) {
      IsoText text = new IsoText(value);
      LocalDate date = text.date();
      skipUtc(text);
      return date;
    }
  }

  /** Whether a local time may be marked as UTC. */
  enum Marker {
    /** It may: Debezium's ISO mode marks local times so. */
    UTC_ALLOWED,
    /** It may not: such a text is an instant. */
    NONE
  }

  /** ISO timestamp without a zone. */
  record IsoLocal(Marker marker) implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.TimestampNtz();
    }

    @Override
    public Object decode(JsonNode value) {
      IsoText text = new IsoText(value);
      LocalDateTime time = text.dateTime();
      if (marker == Marker.UTC_ALLOWED) {
        skipUtc(text);
      } else if (text.hasZone()) {
        throw text.bad("the text has a zone, a local time has none; declare a 'timestamp'");
      }
      wholeMicros(time.get(ChronoField.NANO_OF_SECOND), value);
      return time;
    }
  }

  /** ISO timestamp with an offset from UTC. */
  record IsoInstant() implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Timestamp();
    }

    @Override
    public Object decode(JsonNode value) {
      IsoText text = new IsoText(value);
      LocalDateTime time = text.dateTime();
      if (!text.hasZone()) {
        throw text.bad("the text has no zone, an instant needs one; declare a 'timestamp_ntz'");
      }
      long seconds = time.toEpochSecond(ZoneOffset.UTC) - text.zone();
      text.end();
      checkedSeconds(seconds, value);
      return Instant.ofEpochSecond(
          seconds, wholeMicros(time.get(ChronoField.NANO_OF_SECOND), value));
    }
  }

  /** ISO time of day, in the form that {@link TimeOfDay} gives. */
  record IsoTime() implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      IsoText text = new IsoText(value);
      long nanos = text.nanoOfDay();
      skipUtc(text);
      return timeText(nanos / NANOS_PER_SECOND, (int) (nanos % NANOS_PER_SECOND));
    }
  }

  /** ISO time of day with an offset: checked, and kept as it is. */
  record ZonedTime() implements Codec {
    @Override
    public LakeType lakeType() {
      return new LakeType.Text();
    }

    @Override
    public Object decode(JsonNode value) {
      IsoText text = new IsoText(value);
      text.nanoOfDay();
      text.zone();
      text.end();
      return value.textValue();
    }
  }

  static UndecodableValueException outOfRange(JsonNode value) {
    return UndecodableValueException.value(
        Code.OUT_OF_RANGE,
        value,
        "dates and times lie in the years 0001 to 9999; declare the column as string to keep every"
            + " year and infinity, or add 'with infinity' to its type");
  }

  static UndecodableValueException losesDigits(JsonNode value) {
    return UndecodableValueException.value(
        Code.WOULD_LOSE_DIGITS,
        value,
        "timestamps have microseconds; declare the column as string or bigint to keep nanoseconds");
  }

  private static void skipUtc(IsoText text) {
    if (text.hasZone() && text.zone() != 0) {
      throw text.bad("a local date or time has no offset but Z");
    }
    text.end();
  }

  private static long checkedSeconds(long seconds, JsonNode value) {
    if (seconds < MIN_SECOND || seconds > MAX_SECOND) {
      throw outOfRange(value);
    }
    return seconds;
  }

  private static int wholeMicros(int nanos, JsonNode value) {
    if (nanos % NANOS_PER_MICRO != 0) {
      throw losesDigits(value);
    }
    return nanos;
  }

  private static String timeText(long seconds, int nanos) {
    StringBuilder text = new StringBuilder(18);
    padded(text, seconds / 3_600, 2).append(':');
    padded(text, seconds / 60 % 60, 2).append(':');
    padded(text, seconds % 60, 2).append('.');
    return nanos % NANOS_PER_MICRO == 0
        ? padded(text, nanos / NANOS_PER_MICRO, 6).toString()
        : padded(text, nanos, 9).toString();
  }

  private static StringBuilder padded(StringBuilder text, long number, int width) {
    String digits = Long.toString(number);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }
}
