package io.tidemark.quality.report;

import io.tidemark.quality.page.Html;
import io.tidemark.quality.page.Html.Element;
import java.util.List;

/** Tables whose rows become cards where the screen is narrow: each cell knows its heading. */
final class Cells {
  private Cells() {}

  /**
   * A table.
   *
   * @param look its class of the stylesheet, which knows the widths of its columns
   */
  static Html table(String look, List<String> headings, List<Html> rows) {
    List<Html> cells =
        headings.stream()
            .map(heading -> (Html) Html.element("th", heading).with("scope", "col"))
            .toList();
    return Html.element(
            "table",
            Html.element("thead", Html.element("tr", Html.all(cells))),
            Html.element("tbody", Html.all(rows)))
        .looking("cards " + look);
  }

  static Html row(Element... cells) {
    return Html.element("tr", cells);
  }

  static Element cell(String heading, Html content) {
    return Html.element("td", content).with("data-label", heading);
  }
}
