package io.tidemark.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a table is.
 *
 * @param table its name with its layer
 * @param rows its rows; empty if it does not exist
 * @param freshness now minus the source time of the newest applied change
 * @param lag records of its topics that have not landed, plus bronze versions not merged
 * @param lastRun when a run last changed it or failed to
 * @param verifiedThrough up to which moment of the source it was last seen to be equal to it
 * @param deadLetters records that could not be decoded and seem to belong to it
 * @param error why it is held at an older state
 */
record TableStatus(
    String table,
    Optional<Long> rows,
    Optional<Duration> freshness,
    Optional<Long> lag,
    Optional<Instant> lastRun,
    Optional<Instant> verifiedThrough,
    long deadLetters,
    Optional<String> error) {

  private static final String LINE = "%-26s %12s %10s %10s %20s %20s %8s  %s%n";

  static String text(List<TableStatus> tables) {
    StringBuilder text = new StringBuilder();
    text.append(
        LINE.formatted(
            "TABLE",
            "ROWS",
            "FRESHNESS",
            "LAG",
            "LAST RUN (UTC)",
            "EQUAL AS OF (UTC)",
            "DEAD",
            "STATE"));
    for (TableStatus table : tables) {
      text.append(
          LINE.formatted(
              table.table,
              table.rows.map("%,d"::formatted).orElse("-"),
              table.freshness.map(StepLine::duration).orElse("-"),
              table.lag.map("%,d"::formatted).orElse("-"),
              time(table.lastRun),
              time(table.verifiedThrough),
              table.deadLetters == 0 ? "-" : "%,d".formatted(table.deadLetters),
              table.error.map(e -> "HELD: " + e).orElse("ok")));
    }
    return text.toString();
  }

  private static String time(Optional<Instant> time) {
    return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "")).orElse("-");
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", table);
    map.put("rows", rows.orElse(null));
    map.put("freshness_seconds", freshness.map(Duration::toSeconds).orElse(null));
    map.put("lag", lag.orElse(null));
    map.put("last_run", lastRun.map(Instant::toString).orElse(null));
    map.put("verified_through", verifiedThrough.map(Instant::toString).orElse(null));
    map.put("dead_letters", deadLetters);
    map.put("error", error.orElse(null));
    return map;
  }
}
