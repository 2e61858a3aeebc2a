package io.tidemark.quality.report;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.quality.checks.Numbers;
import io.tidemark.quality.metrics.MetricSeries;
import io.tidemark.quality.page.Cut;
import io.tidemark.quality.page.Html;
import io.tidemark.quality.report.RowSample.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** The part of the page about one table: what does not hold first, what holds folded away. */
final class TableSection {
  private static final int NAME = 120;
  private static final int TEXT = 400;
  private static final int VALUE = 120;
  private static final int SHOWN_OPEN = 12;
  private static final List<String> HEADINGS =
      List.of("Check", "Verdict", "Measured", "Expected", "Trend");

  private final TableReport table;
  private final String anchor;

  TableSection(TableReport table, String anchor) {
    this.table = table;
    this.anchor = anchor;
  }

  Html html() {
    TableVerdict verdict = table.verdict();
    return Html.element(
            "section",
            Html.element(
                "h2",
                Html.element("span", Cut.to(NAME, verdict.table().toString())).looking("name"),
                Html.text(" "),
                Look.badge(verdict.verdict())),
            table
                .description()
                .map(text -> (Html) Html.element("p", Cut.to(TEXT, text)))
                .orElse(Html.NOTHING),
            Html.element("p", place(verdict)).looking("quiet"),
            complaints(),
            holding(),
            samples(),
            quarantine())
        .with("id", anchor);
  }

  private static String place(TableVerdict verdict) {
    String judged = ", judged " + Figures.time(verdict.at());
    if (verdict.version() < 0 && verdict.rows() < 0) {
      return "There is no such table yet" + judged;
    } else if (verdict.version() < 0) {
      boolean held = verdict.verdict() == Verdict.FAIL;
      return Figures.count(verdict.rows(), "row")
          + (held ? ", not published" : ", about to be published")
          + judged;
    }
    return "Version " + verdict.version() + ", " + Figures.count(verdict.rows(), "row") + judged;
  }

  private Html complaints() {
    List<CheckResult> open =
        table.verdict().results().stream()
            .filter(result -> result.verdict() != Verdict.PASS)
            .sorted(Comparator.comparing(CheckResult::verdict).reversed())
            .toList();
    return open.isEmpty() ? Html.NOTHING : checks(open);
  }

  private Html holding() {
    List<CheckResult> holding =
        table.verdict().results().stream()
            .filter(result -> result.verdict() == Verdict.PASS)
            .toList();
    if (holding.isEmpty()) {
      return Html.NOTHING;
    }
    Html.Element folded =
        Html.element(
            "details",
            Html.element(
                "summary",
                Figures.count(holding.size(), "check")
                    + (holding.size() == 1 ? " passes" : " pass")),
            checks(holding));
    return holding.size() <= SHOWN_OPEN ? folded.with("open", "") : folded;
  }

  private Html checks(List<CheckResult> results) {
    return Cells.table("checks", HEADINGS, results.stream().map(this::row).toList());
  }

  private Html row(CheckResult result) {
    MetricSeries trend = table.trends().get(result.check());
    return Cells.row(
        Cells.cell(
                "Check",
                Html.element(
                    "div",
                    Html.element("strong", Cut.to(NAME, result.check())),
                    Html.element(
                            "div",
                            result.dimension().word() + ", severity " + result.severity().word())
                        .looking("quiet"),
                    result.message().isEmpty()
                        ? Html.NOTHING
                        : Html.element("div", Cut.to(TEXT, result.message())).looking("message")))
            .looking("name"),
        Cells.cell("Verdict", Look.badge(result.verdict())),
        Cells.cell("Measured", Html.text(measured(result))).looking("number"),
        Cells.cell("Expected", Html.text(Cut.to(TEXT, result.expected()))).looking("expected"),
        Cells.cell("Trend", trend == null ? Sparkline.none() : Sparkline.of(trend)));
  }

  /** An age in the words in which it was limited. */
  private String measured(CheckResult result) {
    OptionalDouble value = result.value();
    boolean age = value.isPresent() && Double.isFinite(value.getAsDouble());
    return age && table.ages().contains(result.check())
        ? Numbers.duration(Math.round(value.getAsDouble()))
        : Figures.measure(value);
  }

  private Html samples() {
    List<Html> all = table.samples().stream().map(TableSection::sample).toList();
    return all.isEmpty()
        ? Html.NOTHING
        : Html.all(List.of(Html.element("h3", "Rows that break them"), Html.all(all)));
  }

  private static Html sample(RowSample sample) {
    String where = sample.place() == RowSample.Place.QUARANTINE ? ", in quarantine" : "";
    List<Html> parts = new ArrayList<>();
    parts.add(
        Html.element(
            "h4",
            Html.element("span", Cut.to(NAME, sample.check())).looking("name"),
            Html.element("span", where).looking("quiet")));
    sample
        .note()
        .ifPresent(note -> parts.add(Html.element("p", Cut.to(TEXT, note)).looking("quiet")));
    if (!sample.rows().isEmpty()) {
      parts.add(values(sample));
    }
    return Html.all(parts);
  }

  private static Html values(RowSample sample) {
    List<Html> headings = new ArrayList<>();
    for (String column : sample.columns()) {
      headings.add(Html.element("th", Cut.to(NAME, column)).with("scope", "col"));
    }
    List<Html> rows = new ArrayList<>();
    for (List<Cell> row : sample.rows()) {
      rows.add(Html.element("tr", Html.all(row.stream().map(TableSection::value).toList())));
    }
    Html inner =
        Html.element(
                "table",
                Html.element("thead", Html.element("tr", Html.all(headings))),
                Html.element("tbody", Html.all(rows)))
            .looking("values");
    // Wide rows scroll within the page; with a place in the tab order, by the keyboard, too.
    return Html.element("div", inner)
        .looking("scroll")
        .with("tabindex", "0")
        .with("role", "region")
        .with("aria-label", "Rows that break " + Cut.to(NAME, sample.check()));
  }

  private static Html value(Cell cell) {
    if (cell instanceof Cell.Value value) {
      return Html.element("td", Html.element("code", Cut.to(VALUE, value.text())));
    }
    String word = cell instanceof Cell.Masked ? "masked" : "NULL";
    return Html.element("td", Html.element("span", word).looking("quiet"));
  }

  private Html quarantine() {
    if (table.quarantine().isEmpty()) {
      return Html.NOTHING;
    }
    List<Html> rows = new ArrayList<>();
    for (QuarantineCount count : table.quarantine()) {
      rows.add(
          Cells.row(
              Cells.cell("Rule", Html.text(Cut.to(NAME, count.rule()))).looking("name"),
              Cells.cell("Open rows", Html.text(Figures.count(count.rows()))).looking("number"),
              Cells.cell("Waiting since", Html.text(Figures.time(count.oldest())))));
    }
    return Html.all(
        List.of(
            Html.element("h3", "Quarantine"),
            Cells.table("waiting", List.of("Rule", "Open rows", "Waiting since"), rows)));
  }
}
