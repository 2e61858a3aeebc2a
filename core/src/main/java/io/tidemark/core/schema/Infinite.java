package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * How Debezium 3.5 writes PostgreSQL's infinite dates and timestamps, seen in its events: some of
 * the numbers are what its conversions overflow to, and snapshots differ from streams. All lie
 * beyond what the databases' own types hold, except one microsecond of the year 294247.
 */
enum Infinite {
  /** Later than every other. */
  LATEST("infinity"),
  /** Earlier than every other. */
  EARLIEST("-infinity");

  private static final Map<Long, Infinite> DAYS =
      Map.of(
          -2_147_472_692L,
          LATEST,
          -622_191_234L,
          LATEST,
          -2_147_472_691L,
          EARLIEST,
          -625_821_272L,
          EARLIEST);
  private static final Map<Long, Infinite> MILLIS =
      Map.of(
          9_223_372_036_825_200L,
          LATEST,
          9_223_372_036_825_200_000L,
          LATEST,
          -9_223_372_036_832_400L,
          EARLIEST,
          -9_223_372_036_832_400_000L,
          EARLIEST);
  private static final Map<Long, Infinite> MICROS =
      Map.of(9_223_372_036_825_200_000L, LATEST, -9_223_372_036_832_400_000L, EARLIEST);
  private static final Map<String, Infinite> TEXTS =
      Map.ofEntries(
          Map.entry("infinity", LATEST),
          Map.entry("-infinity", EARLIEST),
          Map.entry("+292278994-08-16Z", LATEST),
          Map.entry("-5877611-06-21Z", LATEST),
          Map.entry("+292269055-12-02Z", EARLIEST),
          Map.entry("-5877611-06-22Z", EARLIEST),
          Map.entry("+294247-01-10T04:00:25.2Z", LATEST),
          Map.entry("-290308-12-21T19:59:27.6Z", EARLIEST),
          Map.entry("+292278994-08-16T23:00:00Z", LATEST));

  private final String word;

  Infinite(String word) {
    this.word = word;
  }

  /** PostgreSQL's own word. */
  String word() {
    return word;
  }

  static Optional<Infinite> text(JsonNode value) {
    return value.isTextual() ? Optional.ofNullable(TEXTS.get(value.textValue())) : Optional.empty();
  }

  static Optional<Infinite> days(JsonNode value) {
    return number(value, DAYS);
  }

  /** Nanoseconds have no image of infinity: Debezium overflows to moments of 1969 and 1970. */
  static Optional<Infinite> count(JsonNode value, TimeCodecs.Unit unit) {
    return switch (unit) {
      case MILLIS -> number(value, MILLIS);
      case MICROS -> number(value, MICROS);
      case NANOS -> Optional.empty();
    };
  }

  private static Optional<Infinite> number(JsonNode value, Map<Long, Infinite> images) {
    return value.isIntegralNumber() && value.canConvertToLong()
        ? Optional.ofNullable(images.get(value.longValue()))
        : Optional.empty();
  }
}
