package io.tidemark.quality.report;

import static java.util.stream.Collectors.joining;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.Verdict;
import io.tidemark.quality.page.Cut;
import io.tidemark.quality.page.Html;
import io.tidemark.quality.page.HtmlPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes a report as a page that loads nothing, runs nothing, and prints. */
final class HtmlReport {
  private static final int NAME = 80;
  private static final int WORST_COLUMNS = 10;
  private static final int OTHERS = 1000;

  private final Report report;

  /** The worst first; of equally bad ones as the checks file has them. */
  private final List<TableReport> tables;

  private HtmlReport(Report report) {
    this.report = report;
    this.tables =
        report.tables().stream()
            .sorted(Comparator.comparing((TableReport t) -> t.verdict().verdict()).reversed())
            .toList();
  }

  /** The page as text, to be written in UTF-8. */
  static String of(Report report) {
    HtmlReport page = new HtmlReport(report);
    List<Html> parts = new ArrayList<>(List.of(page.header(), page.scores()));
    parts.add(page.summary());
    parts.add(page.worstColumns());
    for (int i = 0; i < page.tables.size(); i++) {
      parts.add(new TableSection(page.tables.get(i), anchor(i)).html());
    }
    String title = title(report.pipeline()) + report.verdict().word();
    return new HtmlPage(title, Html.element("main", Html.all(parts))).text();
  }

  /** How the title of every page about a pipeline begins. */
  static String title(String pipeline) {
    return "Quality of " + pipeline + ": ";
  }

  private static String anchor(int table) {
    return "table-" + (table + 1);
  }

  private Html header() {
    Html told =
        Html.element(
            "p",
            "Run %s, %s. %s with %s: %s."
                .formatted(
                    report.run(),
                    Figures.time(report.at()),
                    Figures.count(report.tables().size(), "table"),
                    Figures.count(report.results().size(), "check"),
                    counts(report.results())));
    return Html.element(
            "header",
            Html.element(
                "h1",
                Html.element("span", "Quality of " + Cut.to(NAME, report.pipeline())),
                Html.text(" "),
                Look.badge(report.verdict())),
            told)
        .looking("top");
  }

  /** How many say what, the worst first; nothing of verdicts that nobody gave. */
  static String counts(List<CheckResult> results) {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : List.of(Verdict.FAIL, Verdict.WARN, Verdict.NOT_YET, Verdict.PASS)) {
      long count = results.stream().filter(result -> result.verdict() == verdict).count();
      if (count > 0) {
        counts.add(Figures.count(count) + " " + verdict.word());
      }
    }
    return counts.isEmpty() ? "nothing was checked" : String.join(", ", counts);
  }

  private Html scores() {
    List<Html> cards = new ArrayList<>();
    Score.of(report.results()).forEach((dimension, score) -> cards.add(card(dimension, score)));
    return Html.element(
        "section",
        Html.element("h2", "Scores"),
        Html.element("div", Html.all(cards)).looking("scores"),
        Html.element("p", Score.DEFINITION).looking("quiet"));
  }

  private static Html card(Dimension dimension, Score score) {
    String percent = score.percent().map(share -> share.toPlainString() + " %").orElse("–");
    Html bar =
        Html.element(
                "svg",
                Html.element("rect").looking("all").with("width", "100").with("height", "4"),
                Html.element("rect")
                    .looking("part")
                    .with("width", score.percent().map(Object::toString).orElse("0"))
                    .with("height", "4"))
            .looking("bar")
            .with("viewBox", "0 0 100 4")
            .with("preserveAspectRatio", "none")
            .with("aria-hidden", "true");
    String checks =
        score.judged() == 0
            ? "no checks judged"
            : "%s of %s hold"
                .formatted(Figures.count(score.holding()), Figures.count(score.judged(), "check"));
    return Html.element(
            "div",
            Html.element("div", dimension.word()).looking("label"),
            Html.element("div", percent).looking("score"),
            bar,
            Html.element("div", checks).looking("quiet"))
        .looking("card");
  }

  private Html summary() {
    List<Html> rows = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      rows.add(row(tables.get(i), anchor(i)));
    }
    return Html.element(
        "section",
        Html.element("h2", "Tables"),
        rows.isEmpty()
            ? Html.element("p", "No table was checked.")
            : Cells.table(
                "summary",
                List.of("Table", "Verdict", "Checks", "Version", "Rows", "Judged"),
                rows),
        others());
  }

  /** A run judges what has changed; a page that kept silent of the rest would look complete. */
  private Html others() {
    if (report.others().isEmpty()) {
      return Html.NOTHING;
    }
    String names = report.others().stream().map(TableRef::toString).collect(joining(", "));
    return Html.element("p", "Not judged in this run: " + Cut.to(OTHERS, names) + ".")
        .looking("quiet");
  }

  private static Html row(TableReport table, String anchor) {
    String name = table.verdict().table().toString();
    Html link = Html.element("a", Cut.to(NAME, name)).with("href", "#" + anchor);
    return Cells.row(
        Cells.cell("Table", link).looking("name"),
        Cells.cell("Verdict", Look.badge(table.verdict().verdict())),
        Cells.cell("Checks", Html.text(counts(table.verdict().results()))),
        Cells.cell("Version", Html.text(version(table))).looking("number"),
        Cells.cell("Rows", Html.text(rows(table))).looking("number"),
        Cells.cell("Judged", Html.text(Figures.time(table.verdict().at()))));
  }

  private static String version(TableReport table) {
    return table.verdict().version() < 0 ? "–" : String.valueOf(table.verdict().version());
  }

  private static String rows(TableReport table) {
    return table.verdict().rows() < 0 ? "–" : Figures.count(table.verdict().rows());
  }

  private Html worstColumns() {
    List<Html> rows = new ArrayList<>();
    for (WorstColumn column : WorstColumn.of(tables, WORST_COLUMNS)) {
      rows.add(
          Cells.row(
              Cells.cell("Column", Html.element("code", Cut.to(NAME, column.column())))
                  .looking("name"),
              Cells.cell("Table", Html.text(Cut.to(NAME, column.table().toString())))
                  .looking("name"),
              Cells.cell("Verdict", Look.badge(column.worst())),
              Cells.cell(
                      "Broken",
                      Html.text("%d of %d".formatted(column.broken().size(), column.checks())))
                  .looking("number"),
              Cells.cell("Checks", Html.text(Cut.to(2 * NAME, String.join(", ", column.broken()))))
                  .looking("name")));
    }
    return rows.isEmpty()
        ? Html.NOTHING
        : Html.element(
            "section",
            Html.element("h2", "Worst columns"),
            Cells.table("worst", List.of("Column", "Table", "Verdict", "Broken", "Checks"), rows));
  }
}
