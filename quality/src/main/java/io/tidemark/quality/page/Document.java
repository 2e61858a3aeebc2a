package io.tidemark.quality.page;

import io.tidemark.quality.page.Block.Heading;
import io.tidemark.quality.page.Block.Paragraph;
import io.tidemark.quality.page.Block.Points;
import io.tidemark.quality.page.Block.Span;
import io.tidemark.quality.page.Block.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A document of blocks.
 *
 * @param title what a browser shows of it
 */
public record Document(String title, List<Block> blocks) {
  /** Copies the list. */
  public Document {
    blocks = List.copyOf(blocks);
  }

  /** The document as a page of its own. */
  public String html() {
    Html body = Html.all(blocks.stream().map(Document::html).toList());
    return new HtmlPage(title, Html.element("main", body).looking("document")).text();
  }

  private static Html html(Block block) {
    if (block instanceof Heading heading) {
      return Html.element("h" + heading.level(), heading.text());
    } else if (block instanceof Paragraph paragraph) {
      return Html.element("p", html(paragraph.spans()));
    } else if (block instanceof Points points) {
      return Html.element(
          "ul", Html.all(points.points().stream().map(p -> Html.element("li", html(p))).toList()));
    } else {
      return table((Table) block);
    }
  }

  private static Html table(Table table) {
    List<Html> headings =
        table.headings().stream()
            .map(text -> (Html) Html.element("th", text).with("scope", "col"))
            .toList();
    List<Html> rows = new ArrayList<>();
    for (List<List<Span>> row : table.rows()) {
      List<Html> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(Html.element("td", html(row.get(i))).with("data-label", table.headings().get(i)));
      }
      rows.add(Html.element("tr", Html.all(cells)));
    }
    return Html.element(
            "table",
            Html.element("thead", Html.element("tr", Html.all(headings))),
            Html.element("tbody", Html.all(rows)))
        .looking("cards");
  }

  private static Html html(List<Span> spans) {
    return Html.element(
        "span",
        Html.all(
            spans.stream()
                .map(
                    span ->
                        switch (span.look()) {
                          case PLAIN -> Html.text(span.text());
                          case CODE -> Html.element("code", span.text());
                          case STRONG -> Html.element("strong", span.text());
                        })
                .toList()));
  }

  /** The document in Markdown with tables, as code hosts show it. */
  public String markdown() {
    return blocks.stream().map(Document::markdown).collect(Collectors.joining("\n"));
  }

  private static String markdown(Block block) {
    if (block instanceof Heading heading) {
      return "#".repeat(heading.level()) + " " + Markdown.text(heading.text()) + "\n";
    } else if (block instanceof Paragraph paragraph) {
      return markdown(paragraph.spans()) + "\n";
    } else if (block instanceof Points points) {
      return points.points().stream()
          .map(point -> "- " + markdown(point) + "\n")
          .collect(Collectors.joining());
    } else {
      Table table = (Table) block;
      StringBuilder text = new StringBuilder();
      text.append(row(table.headings().stream().map(Markdown::text).toList()));
      text.append(row(table.headings().stream().map(heading -> "---").toList()));
      table.rows().forEach(row -> text.append(row(row.stream().map(Document::markdown).toList())));
      return text.toString();
    }
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String markdown(List<Span> spans) {
    return spans.stream()
        .map(
            span ->
                switch (span.look()) {
                  case PLAIN -> Markdown.text(span.text());
                  case CODE -> Markdown.code(span.text());
                  case STRONG -> "**" + Markdown.text(span.text()) + "**";
                })
        .collect(Collectors.joining());
  }
}
