package io.tidemark.quality.metrics;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.Verdict;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What checks measured, as lines for a terminal of 80 columns and as records for programs. */
public final class HistoryText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int WIDTH = 80;
  private static final int NAME = 30;
  private static final int STRIP = 20;

  private HistoryText() {}

  /** One line for each check: its newest measure and its last verdicts, the newest at the right. */
  public static List<String> overview(TableRef table, Collection<MetricSeries> all) {
    List<String> lines = new ArrayList<>();
    lines.add(table + ": " + all.size() + (all.size() == 1 ? " check" : " checks") + " measured");
    lines.add("");
    int name = all.stream().mapToInt(series -> series.check().length()).max().orElse(1);
    String form = "%-" + Math.max(5, Math.min(NAME, name)) + "s  %13s  %-8s  %s";
    lines.add(form.formatted("check", "newest", "verdict", "verdicts").stripTrailing());
    for (MetricSeries series : all) {
      CheckResult newest = series.newest().result();
      String strip =
          series.last(STRIP).verdicts().stream()
              .map(verdict -> String.valueOf(MetricChart.sign(verdict)))
              .collect(Collectors.joining());
      lines.add(
          form.formatted(
              cut(NAME, series.check()), value(newest.value()), word(newest.verdict()), strip));
    }
    lines.add("");
    lines.add(MetricChart.legend());
    return lines;
  }

  /** One check: what it expects, a chart, and a line for each time. */
  public static List<String> of(TableRef table, MetricSeries series) {
    List<String> lines = new ArrayList<>();
    CheckResult newest = series.newest().result();
    lines.add(
        "%s  %s (%s, %s)"
            .formatted(table, series.check(), newest.dimension().word(), newest.severity().word()));
    lines.add("expected: " + newest.expected());
    lines.add("");
    List<String> chart = MetricChart.lines(series);
    lines.addAll(chart);
    if (!chart.isEmpty()) {
      lines.add("");
      lines.add(MetricChart.legend());
      lines.add("");
    }
    String form = "%-19s  %9s  %13s  %13s  %s";
    lines.add(form.formatted("time (UTC)", "version", "rows", "value", "verdict"));
    for (MetricPoint point : series.points()) {
      CheckResult result = point.result();
      lines.add(
          form.formatted(
              TIME.format(point.at()),
              point.version() < 0 ? "-" : point.version(),
              point.rows() < 0 ? "-" : String.format(Locale.ROOT, "%,d", point.rows()),
              value(result.value()),
              word(result.verdict())));
      if (!result.message().isEmpty()) {
        lines.add("  " + cut(WIDTH - 2, result.message().replaceAll("\\s+", " ")));
      }
    }
    return lines;
  }

  private static String value(OptionalDouble value) {
    if (value.isEmpty()) {
      return "-";
    }
    double number = value.getAsDouble();
    return Double.isFinite(number) ? MetricChart.number(number) : Double.toString(number);
  }

  /** What needs a look stands out without colours. */
  private static String word(Verdict verdict) {
    return verdict == Verdict.PASS ? verdict.word() : verdict.word().toUpperCase(Locale.ROOT);
  }

  private static String cut(int characters, String text) {
    return text.length() <= characters ? text : text.substring(0, characters - 3) + "...";
  }

  /** One time of one check, for programs. */
  public static Map<String, Object> asMap(MetricPoint point) {
    CheckResult result = point.result();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", point.runId());
    map.put("at", point.at().toString());
    map.put("table", result.table().toString());
    map.put("check", result.check());
    map.put("dimension", result.dimension().word());
    map.put("severity", result.severity().word());
    map.put("version", point.version() < 0 ? null : point.version());
    map.put("rows", point.rows() < 0 ? null : point.rows());
    OptionalDouble value = result.value();
    boolean finite = value.isPresent() && Double.isFinite(value.getAsDouble());
    map.put("value", finite ? value.getAsDouble() : null);
    map.put("verdict", result.verdict().word());
    map.put("expected", result.expected());
    map.put("message", result.message());
    return map;
  }
}
