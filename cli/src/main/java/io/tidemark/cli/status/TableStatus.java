package io.tidemark.cli.status;

import io.tidemark.cli.quality.VerdictLines;
import io.tidemark.cli.run.StepLine;
import io.tidemark.core.check.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * @param quarantined its changes that were decoded, not accepted, and not decided about
 * @param verdict what its checks said last of the rows that readers see; empty if nobody asked
 * @param held why it is not what it should be; empty if it is
 */
public record TableStatus(
    String table,
    Optional<Long> rows,
    Optional<Duration> freshness,
    Optional<Long> lag,
    Optional<Instant> lastRun,
    Optional<Instant> verifiedThrough,
    long deadLetters,
    long quarantined,
    Optional<Verdict> verdict,
    Optional<Held> held) {

  private static final String LINE = "%-26s %12s %9s %8s %19s %19s %7s %7s %-7s  %s%n";

  /** A line about something that is no table, of which not much can be told. */
  static TableStatus line(
      String name, Optional<Long> rows, Optional<Long> lag, long deadLetters, Optional<Held> held) {
    return new TableStatus(
        name,
        rows,
        Optional.empty(),
        lag,
        Optional.empty(),
        Optional.empty(),
        deadLetters,
        0,
        Optional.empty(),
        held);
  }

  /** For people: a heading, then a line for each table, and below it why it is held. */
  public static String text(List<TableStatus> tables) {
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
            "QUARANT",
            "CHECKS",
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
              count(table.deadLetters),
              count(table.quarantined),
              table.verdict.map(Verdict::word).orElse("-"),
              table.held.map(held -> held.state().name()).orElse("ok")));
      table.held.ifPresent(held -> text.append(why(held)));
    }
    return text.toString();
  }

  /** Below the table's line: a reason has no width that a column could have. */
  private static String why(Held held) {
    StringBuilder why = new StringBuilder();
    held.since().ifPresent(since -> why.append("    since ").append(time(held.since())));
    if (held.goodAt().isPresent()) {
      why.append(
          ", last good%s: %s"
              .formatted(
                  held.goodVersion().map(version -> " (version " + version + ")").orElse(""),
                  time(held.goodAt())));
    }
    if (!why.isEmpty()) {
      why.append("%n".formatted());
    }
    return why.append("    ").append(held.why()).append("%n".formatted()).toString();
  }

  private static String count(long rows) {
    return rows == 0 ? "-" : "%,d".formatted(rows);
  }

  private static String time(Optional<Instant> time) {
    return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "")).orElse("-");
  }

  /** For programs. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", table);
    map.put("rows", rows.orElse(null));
    map.put("freshness_seconds", freshness.map(Duration::toSeconds).orElse(null));
    map.put("lag", lag.orElse(null));
    map.put("last_run", text(lastRun));
    map.put("verified_through", text(verifiedThrough));
    map.put("dead_letters", deadLetters);
    map.put("quarantined", quarantined);
    map.put("verdict", verdict.map(Verdict::word).orElse(null));
    map.put("state", held.map(h -> h.state().name().toLowerCase(Locale.ROOT)).orElse("ok"));
    map.put("error", held.map(Held::why).orElse(null));
    map.put("since", text(held.flatMap(Held::since)));
    map.put("last_good", text(held.flatMap(Held::goodAt)));
    map.put("last_good_version", held.flatMap(Held::goodVersion).orElse(null));
    List<Map<String, Object>> checks = new ArrayList<>();
    held.ifPresent(h -> h.checks().forEach(check -> checks.add(VerdictLines.asMap(check))));
    map.put("failed_checks", checks);
    return map;
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
