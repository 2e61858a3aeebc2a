package io.tidemark.quality.report;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.quality.metrics.MetricPoint;
import io.tidemark.quality.metrics.MetricSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reports to be rendered. */
final class Examples {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final TableRef ORDERS = new TableRef(Layer.SILVER, "orders");

  private Examples() {}

  static CheckResult result(String check, Severity severity, Verdict verdict, double value) {
    return result(ORDERS, check, Dimension.VALIDITY, severity, verdict, value, "");
  }

  static CheckResult result(
      TableRef table,
      String check,
      Dimension dimension,
      Severity severity,
      Verdict verdict,
      double value,
      String message) {
    return new CheckResult(
        table,
        check,
        dimension,
        severity,
        verdict,
        Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value),
        "at least 0.95",
        message);
  }

  /** A series of these values, of which NaN was not measured; those below 0.95 fail. */
  static MetricSeries series(String check, double... values) {
    List<MetricPoint> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Verdict verdict =
          Double.isNaN(values[i])
              ? Verdict.NOT_YET
              : values[i] < 0.95 ? Verdict.FAIL : Verdict.PASS;
      points.add(
          new MetricPoint(
              "run-" + i,
              NOW.minus(Duration.ofDays(values.length - 1 - i)),
              i,
              1000,
              result(check, Severity.ERROR, verdict, values[i])));
    }
    return new MetricSeries(check, points);
  }

  static TableReport table(
      TableRef table,
      List<CheckResult> results,
      Map<String, MetricSeries> trends,
      List<RowSample> samples,
      List<QuarantineCount> quarantine) {
    Map<String, Set<String>> columns = new LinkedHashMap<>();
    results.forEach(result -> columns.put(result.check(), Set.of("total_amount")));
    return new TableReport(
        new TableVerdict(table, 7, 123_456, NOW, results),
        Optional.empty(),
        Set.of("fresh"),
        columns,
        trends,
        samples,
        quarantine);
  }

  static Report report(TableReport... tables) {
    return new Report("shop", "20260301-120000-abcd", NOW, List.of(tables), List.of());
  }
}
