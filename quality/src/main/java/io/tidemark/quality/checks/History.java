package io.tidemark.quality.checks;

import io.tidemark.core.check.Anomaly;
import io.tidemark.core.check.Verdict;
import io.tidemark.quality.metrics.MetricPoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a check measured before, as far as later values may be compared with it.
 *
 * <p>Only values count that passed, or that were too early to judge: what was refused must not make
 * the next refusal look normal. A version that is judged several times counts once, with its last
 * value, and never against itself.
 *
 * @param points the oldest first
 */
record History(List<MetricPoint> points) {
  /** Nothing was measured before. */
  static final History NONE = new History(List.of());

  /**
   * The history of one check.
   *
   * @param measured everything that was measured of its table, the oldest first
   * @param version the one that is about to be judged; -1 if it is none yet
   */
  static History of(List<MetricPoint> measured, String check, long version) {
    Map<Long, MetricPoint> points = new TreeMap<>();
    for (int i = 0; i < measured.size(); i++) {
      MetricPoint point = measured.get(i);
      if (point.result().check().equals(check) && counts(point, version)) {
        // Candidates have no version that tells them apart: each counts.
        points.put(point.version() < 0 ? -1L - i : point.version(), point);
      }
    }
    return new History(
        points.values().stream().sorted(java.util.Comparator.comparing(MetricPoint::at)).toList());
  }

  private static boolean counts(MetricPoint point, long version) {
    Verdict verdict = point.result().verdict();
    return point.result().value().isPresent()
        && (verdict == Verdict.PASS || verdict == Verdict.NOT_YET)
        && (version < 0 || point.version() != version);
  }

  /** The values that an anomaly rule compares with, the oldest first. */
  List<Double> values(Anomaly anomaly, Instant now) {
    if (!(anomaly instanceof Anomaly.Weekday)) {
      return points.stream().map(point -> point.result().value().getAsDouble()).toList();
    }
    LocalDate today = day(now);
    Map<LocalDate, Double> lastOfDay = new TreeMap<>();
    for (MetricPoint point : points) {
      LocalDate day = day(point.at());
      if (day.isBefore(today) && day.getDayOfWeek() == today.getDayOfWeek()) {
        lastOfDay.put(day, point.result().value().getAsDouble());
      }
    }
    return List.copyOf(lastOfDay.values());
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
