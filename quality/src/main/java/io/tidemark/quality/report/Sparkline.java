package io.tidemark.quality.report;

import io.tidemark.core.check.Verdict;
import io.tidemark.quality.metrics.MetricSeries;
import io.tidemark.quality.page.Html;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A small line of what a check measured, as a drawing in the page: gaps where nothing was measured,
 * dots where the check did not hold, and at the newest point.
 */
final class Sparkline {
  static final int MOST_POINTS = 30;
  private static final int WIDTH = 120;
  private static final int HEIGHT = 28;
  private static final int MARGIN = 4;

  private final MetricSeries series;
  private final List<OptionalDouble> values;
  private final DoubleSummaryStatistics range;

  private Sparkline(MetricSeries series) {
    this.series = series;
    this.values = series.values();
    this.range = values.stream().flatMapToDouble(OptionalDouble::stream).summaryStatistics();
  }

  /** The drawing; a dash where nothing was ever measured. */
  static Html of(MetricSeries whole) {
    Sparkline line = new Sparkline(whole.last(MOST_POINTS));
    return line.range.getCount() == 0 ? none() : line.drawing();
  }

  /** What stands where there is no history. */
  static Html none() {
    return Html.element("span", "–").looking("quiet");
  }

  private Html drawing() {
    List<Html> parts = new ArrayList<>();
    parts.add(Html.element("title", words()));
    parts.addAll(lines());
    parts.addAll(dots());
    return Html.element("svg", Html.all(parts))
        .looking("spark")
        .with("role", "img")
        .with("viewBox", "0 0 %d %d".formatted(WIDTH, HEIGHT))
        .with("width", String.valueOf(WIDTH))
        .with("height", String.valueOf(HEIGHT));
  }

  private String words() {
    return range.getCount() == 1
        ? "measured once: " + Figures.number(range.getMin())
        : "%d measures, from %s to %s, the newest %s"
            .formatted(
                range.getCount(),
                Figures.number(range.getMin()),
                Figures.number(range.getMax()),
                Figures.measure(series.newest().result().value()));
  }

  /** One line for each run of neighbours that have values. */
  private List<Html> lines() {
    List<Html> lines = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    for (int i = 0; i <= values.size(); i++) {
      if (i < values.size() && values.get(i).isPresent()) {
        run.append(run.isEmpty() ? "" : " ").append(x(i)).append(',').append(y(i));
      } else if (!run.isEmpty()) {
        lines.add(Html.element("polyline").with("points", run.toString()));
        run.setLength(0);
      }
    }
    return lines;
  }

  private List<Html> dots() {
    List<Html> dots = new ArrayList<>();
    List<Verdict> verdicts = series.verdicts();
    for (int i = 0; i < values.size(); i++) {
      boolean broken = verdicts.get(i) == Verdict.WARN || verdicts.get(i) == Verdict.FAIL;
      if (values.get(i).isPresent() && (broken || i == values.size() - 1)) {
        dots.add(
            Html.element("circle")
                .looking(Look.of(verdicts.get(i)))
                .with("cx", x(i))
                .with("cy", y(i))
                .with("r", i == values.size() - 1 ? "3" : "2"));
      }
    }
    return dots;
  }

  private String x(int i) {
    double share = values.size() == 1 ? 0.5 : i / (values.size() - 1.0);
    return coordinate(share, WIDTH);
  }

  private String y(int i) {
    double value = values.get(i).getAsDouble();
    // Halves: the difference of the greatest numbers is no number.
    double height = range.getMax() / 2 - range.getMin() / 2;
    double share = height == 0 ? 0.5 : (value / 2 - range.getMin() / 2) / height;
    return coordinate(1 - share, HEIGHT);
  }

  private static String coordinate(double share, int length) {
    return String.format(Locale.ROOT, "%.1f", MARGIN + share * (length - 2 * MARGIN));
  }
}
