package io.tidemark.quality.metrics;

import io.tidemark.core.check.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A chart of plain characters for a terminal of 80 columns: time goes right, the measure up. */
final class MetricChart {
  /** The most points that fit. */
  static final int MOST_POINTS = 60;

  private static final int HEIGHT = 8;
  private static final int LABEL = 14;
  private static final MathContext DIGITS = new MathContext(6, RoundingMode.DOWN);

  private MetricChart() {}

  /** The sign of a verdict in charts and strips. */
  static char sign(Verdict verdict) {
    return switch (verdict) {
      case PASS -> 'o';
      case NOT_YET -> '?';
      case WARN -> '!';
      case FAIL -> 'X';
    };
  }

  /** What the signs mean, on one line. */
  static String legend() {
    return Arrays.stream(Verdict.values())
            .map(verdict -> sign(verdict) + " " + verdict.word())
            .collect(Collectors.joining("   "))
        + "   (a gap: nothing measured)";
  }

  /** The lines of the chart; none where nothing was measured. */
  static List<String> lines(MetricSeries whole) {
    MetricSeries series = whole.last(MOST_POINTS);
    List<OptionalDouble> values = series.values();
    DoubleSummaryStatistics range =
        values.stream().flatMapToDouble(OptionalDouble::stream).summaryStatistics();
    if (range.getCount() == 0) {
      return List.of();
    }
    boolean flat = range.getMin() == range.getMax();
    int height = flat ? 1 : HEIGHT;
    int step = series.points().size() * 2 <= MOST_POINTS ? 2 : 1;
    char[][] rows = new char[height][values.size() * step];
    Arrays.stream(rows).forEach(row -> Arrays.fill(row, ' '));
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isPresent()) {
        // Scaled before the difference: that of the greatest numbers is no number.
        double value = values.get(i).getAsDouble() / 2 - range.getMin() / 2;
        double share = flat ? 0 : value / (range.getMax() / 2 - range.getMin() / 2);
        int row = height - 1 - (int) Math.round(share * (height - 1));
        rows[row][i * step] = sign(series.points().get(i).result().verdict());
      }
    }
    return labelled(rows, range, series);
  }

  private static List<String> labelled(
      char[][] rows, DoubleSummaryStatistics range, MetricSeries series) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      String label =
          i == 0 ? number(range.getMax()) : i == rows.length - 1 ? number(range.getMin()) : "";
      lines.add("%" + LABEL + "s |%s");
      lines.set(i, lines.get(i).formatted(label, new String(rows[i])).stripTrailing());
    }
    int width = Math.max(rows[0].length, 1);
    lines.add(" ".repeat(LABEL + 1) + "+" + "-".repeat(width));
    String first = series.points().get(0).at().toString().substring(0, 10);
    String last = series.newest().at().toString().substring(0, 10);
    int between = width - first.length() - last.length();
    String dates =
        first.equals(last) || between < 1
            ? first + " .. " + last
            : first + " ".repeat(between) + last;
    lines.add(" ".repeat(LABEL + 2) + (first.equals(last) ? first : dates));
    return lines;
  }

  /** A number in at most thirteen characters; 0.9999999 does not become 1. */
  static String number(double value) {
    String plain = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
    return plain.length() < LABEL ? plain : String.format("%.4e", value);
  }
}
