package io.tidemark.quality.metrics;

import io.tidemark.core.check.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one check measured, time after time.
 *
 * @param check the check's name
 * @param points the oldest first; at least one
 */
public record MetricSeries(String check, List<MetricPoint> points) {
  /** Copies the list. */
  public MetricSeries {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("Invalid series of " + check + ": it has no point");
    }
  }

  /**
   * The series among the points of a table, by check, in the order in which they were first
   * measured.
   */
  public static Map<String, MetricSeries> of(List<MetricPoint> points) {
    Map<String, List<MetricPoint>> byCheck = new LinkedHashMap<>();
    for (MetricPoint point : points) {
      byCheck.computeIfAbsent(point.result().check(), name -> new ArrayList<>()).add(point);
    }
    Map<String, MetricSeries> series = new LinkedHashMap<>();
    byCheck.forEach((check, of) -> series.put(check, new MetricSeries(check, of)));
    return series;
  }

  /** Its newest points. */
  public MetricSeries last(int count) {
    return new MetricSeries(
        check, points.subList(Math.max(0, points.size() - count), points.size()));
  }

  /** Its newest point. */
  public MetricPoint newest() {
    return points.get(points.size() - 1);
  }

  /** What was measured at each point; empty where nothing was, or no finite number. */
  public List<OptionalDouble> values() {
    return points.stream()
        .map(point -> point.result().value())
        .map(value -> value.stream().allMatch(Double::isFinite) ? value : OptionalDouble.empty())
        .toList();
  }

  /** What each point said. */
  public List<Verdict> verdicts() {
    return points.stream().map(point -> point.result().verdict()).toList();
  }
}
