package io.tidemark.quality.page;

import java.util.Arrays;
import java.util.List;

/** A part of a document that can be written as HTML and as Markdown. */
public sealed interface Block {
  /**
   * A heading.
   *
   * @param level 1 for the document's own
   */
  record Heading(int level, String text) implements Block {}

  /** Running text. */
  record Paragraph(List<Span> spans) implements Block {
    /** Copies the list. */
    public Paragraph {
      spans = List.copyOf(spans);
    }
  }

  /** Points without an order. */
  record Points(List<List<Span>> points) implements Block {
    /** Copies the list. */
    public Points {
      points = points.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A table.
   *
   * @param rows each with as many cells as there are headings
   */
  record Table(List<String> headings, List<List<List<Span>>> rows) implements Block {
    /** Copies the lists. */
    public Table {
      headings = List.copyOf(headings);
      rows = List.copyOf(rows);
    }
  }

  /** A run of text in one look. */
  record Span(String text, Look look) {
    /** Plain text. */
    public static Span plain(String text) {
      return new Span(text, Look.PLAIN);
    }

    /** Text as a program reads it. */
    public static Span code(String text) {
      return new Span(text, Look.CODE);
    }

    /** Text that matters. */
    public static Span strong(String text) {
      return new Span(text, Look.STRONG);
    }
  }

  /** How a run of text looks. */
  enum Look {
    PLAIN,
    CODE,
    STRONG
  }

  /** A paragraph of these runs. */
  static Block paragraph(Span... spans) {
    return new Paragraph(Arrays.asList(spans));
  }
}
