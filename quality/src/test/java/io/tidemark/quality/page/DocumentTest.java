package io.tidemark.quality.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.quality.page.Block.Heading;
import io.tidemark.quality.page.Block.Points;
import io.tidemark.quality.page.Block.Span;
import io.tidemark.quality.page.Block.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private static final Document DOCUMENT =
      new Document(
          "T <b>",
          List.of(
              new Heading(1, "A <b> *heading*"),
              Block.paragraph(Span.plain("total_amount of a_b|c\nnext"), Span.strong("!")),
              new Points(List.of(List.of(Span.code("a ` b")))),
              new Table(
                  List.of("Column", "In SQL"),
                  List.of(
                      List.of(
                          List.of(Span.code("x")), List.of(Span.code("a < 1\n OR b || 'c'")))))));

  @Test
  void markdownKeepsTextAsText() {
    assertThat(DOCUMENT.markdown())
        .isEqualTo(
            """
            # A \\<b\\> \\*heading\\*

            total_amount of a_b\\|c next**!**

            - `` a ` b ``

            | Column | In SQL |
            | --- | --- |
            | `x` | `a < 1 OR b \\|\\| 'c'` |
            """);
  }

  @Test
  void htmlKeepsTextAsText() {
    assertThat(DOCUMENT.html())
        .contains("<title>T &lt;b&gt;</title>")
        .contains("<h1>A &lt;b&gt; *heading*</h1>")
        .contains("<td data-label=\"In SQL\"><span><code>a &lt; 1\n OR b || &#39;c&#39;</code>");
  }

  @Test
  void whatCouldRunOrLoadCannotBeBuilt() {
    for (String name : List.of("script", "style", "iframe", "img", "DIV", "a b")) {
      assertThatThrownBy(() -> Html.element(name)).isInstanceOf(IllegalArgumentException.class);
    }
    Html.Element link = Html.element("a", "x");
    assertThatThrownBy(() -> link.with("onclick", "x")).hasMessageContaining("onclick");
    assertThatThrownBy(() -> link.with("href", "javascript:x")).hasMessageContaining("href");
    assertThatThrownBy(() -> link.with("style", "x")).hasMessageContaining("style");
    assertThat(link.with("href", "#x").attributes()).containsEntry("href", "#x");
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    assertThat(Cut.to(3, "abc")).isEqualTo("abc");
    assertThat(Cut.to(3, "abcd")).isEqualTo("ab…");
    assertThat(Cut.to(2, "😀😀😀")).isEqualTo("😀…");
  }
}
