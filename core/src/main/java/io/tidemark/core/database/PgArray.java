package io.tidemark.core.database;

import java.util.ArrayList;
import java.util.List;

/** Reads PostgreSQL's text of arrays, such as {@code {1,NULL,"a \"b\""}}. */
public final class PgArray {
  private final String text;
  private int position;

  private PgArray(String text) {
    this.text = text;
  }

  /**
   * The elements: texts, nulls, and lists of them in arrays of several dimensions.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static List<Object> parse(String text) {
    // Arrays that do not begin at 1 print their bounds first: [0:1]={a,b}
    int bounds = text.startsWith("[") ? text.indexOf('=') + 1 : 0;
    PgArray array = new PgArray(text.substring(bounds));
    List<Object> elements = array.elements();
    if (array.position != array.text.length()) {
      throw array.malformed();
    }
    return elements;
  }

  private List<Object> elements() {
    expect('{');
    List<Object> elements = new ArrayList<>();
    if (peek() == '}') {
      position++;
      return elements;
    }
    while (true) {
      elements.add(element());
      if (peek() == '}') {
        position++;
        return elements;
      }
      expect(',');
    }
  }

  private Object element() {
    return switch (peek()) {
      case '{' -> elements();
      case '"' -> quoted();
      default -> bare();
    };
  }

  private String quoted() {
    StringBuilder element = new StringBuilder();
    position++;
    while (peek() != '"') {
      if (peek() == '\\') {
        position++;
      }
      element.append(peek());
      position++;
    }
    position++;
    return element.toString();
  }

  private String bare() {
    int start = position;
    while (peek() != ',' && peek() != '}') {
      position++;
    }
    String element = text.substring(start, position);
    return element.equals("NULL") ? null : element;
  }

  private char peek() {
    if (position >= text.length()) {
      throw malformed();
    }
    return text.charAt(position);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw malformed();
    }
    position++;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "Invalid array at character %d: %s".formatted(position + 1, text));
  }
}
