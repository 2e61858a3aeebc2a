package io.tidemark.quality.alert.rule;

import io.tidemark.core.check.Severity;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table whose newest applied change is too old raises an alert. A table that never got one is as
 * old as the pipeline.
 */
final class FreshnessRule {
  private FreshnessRule() {}

  static Findings look(PipelineSpec spec, Past past, Instant now) {
    List<Condition> conditions = new ArrayList<>();
    past.first()
        .ifPresent(
            first ->
                tables(spec, past)
                    .forEach(
                        table ->
                            condition(spec, past, first, table, now).ifPresent(conditions::add)));
    return new Findings(
        conditions, key -> key.kind() == AlertKind.FRESHNESS && past.first().isPresent());
  }

  /** A table of several sources has no changes of its own: without a limit, its sources' speak. */
  private static Set<String> tables(PipelineSpec spec, Past past) {
    Set<String> tables = new TreeSet<>(past.tables());
    spec.tables().values().stream()
        .filter(table -> !table.sources().several())
        .forEach(table -> tables.add(table.name()));
    tables.addAll(spec.alerts().tableFreshness().keySet());
    return tables;
  }

  private static Optional<Condition> condition(
      PipelineSpec spec, Past past, Instant first, String table, Instant now) {
    Optional<Duration> limit = spec.alerts().freshnessOf(table);
    Optional<Instant> newest = newest(spec, past, table);
    if (limit.isEmpty() || !newest.orElse(first).plus(limit.get()).isBefore(now)) {
      return Optional.empty();
    }
    String message =
        newest
            .map(time -> "The newest change in silver.%s is of %s".formatted(table, text(time)))
            .orElse("Nothing has come to silver.%s since %s".formatted(table, text(first)));
    return Optional.of(
        new Condition(
            AlertKey.of(AlertKind.FRESHNESS, "silver." + table),
            Severity.ERROR,
            "%s, which is %s ago; it may be %s"
                .formatted(
                    message, text(Duration.between(newest.orElse(first), now)), text(limit.get())),
            "tidemark status --pipeline " + spec.file()));
  }

  /** As new as the stalest of its sources. */
  private static Optional<Instant> newest(PipelineSpec spec, Past past, String name) {
    TableSpec table = spec.table(name);
    if (!table.sources().several()) {
      return past.newest(name);
    }
    Optional<Instant> oldest = Optional.of(Instant.MAX);
    for (String source : table.sourceTables().values()) {
      Optional<Instant> newest = past.newest(source);
      oldest = oldest.flatMap(time -> newest.map(other -> other.isBefore(time) ? other : time));
    }
    return oldest;
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String text(Duration time) {
    long seconds = time.toSeconds();
    if (seconds >= 2 * 86_400) {
      return "%dd%dh".formatted(seconds / 86_400, seconds % 86_400 / 3600);
    }
    return seconds >= 3600
        ? "%dh%02dm".formatted(seconds / 3600, seconds % 3600 / 60)
        : "%dm%02ds".formatted(seconds / 60, seconds % 60);
  }
}
