package io.tidemark.quality.page;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A piece of an HTML page. Names of elements and attributes are the program's; whatever else goes
 * in is text and is escaped when the page is written, so escaping cannot be forgotten. Nothing that
 * could run or load something can be built: no script, no style, no link out of the page.
 */
public sealed interface Html {
  /** Nothing. */
  Html NOTHING = new Fragment(List.of());

  /** Writes it as markup. */
  void writeTo(StringBuilder page);

  /** Text as it is. */
  static Html text(String text) {
    return new Text(text);
  }

  /** An element with these children. */
  static Element element(String name, Html... children) {
    return new Element(name, Map.of(), Arrays.asList(children));
  }

  /** An element that holds a text. */
  static Element element(String name, String text) {
    return element(name, new Text(text));
  }

  /** Pieces one after another. */
  static Html all(List<? extends Html> pieces) {
    return new Fragment(List.copyOf(pieces));
  }

  /** Text; its markup characters are escaped. */
  record Text(String text) implements Html {
    @Override
    public void writeTo(StringBuilder page) {
      text.codePoints()
          .forEach(
              c -> {
                switch (c) {
                  case '<' -> page.append("&lt;");
                  case '>' -> page.append("&gt;");
                  case '&' -> page.append("&amp;");
                  case '"' -> page.append("&quot;");
                  case '\'' -> page.append("&#39;");
                  default -> page.appendCodePoint(isWritable(c) ? c : 0xFFFD);
                }
              });
    }

    /** HTML has no way to write control characters, and UTF-8 none for halves of characters. */
    private static boolean isWritable(int c) {
      boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
      return !control && Character.getType(c) != Character.SURROGATE;
    }
  }

  /** Pieces one after another. */
  record Fragment(List<Html> pieces) implements Html {
    /** Copies the list. */
    public Fragment {
      pieces = List.copyOf(pieces);
    }

    @Override
    public void writeTo(StringBuilder page) {
      pieces.forEach(piece -> piece.writeTo(page));
    }
  }

  /**
   * An element.
   *
   * @param attributes values as text, in the order they are written
   */
  record Element(String name, Map<String, String> attributes, List<Html> children) implements Html {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");
    private static final Pattern ATTRIBUTE = Pattern.compile("(?!on|style)[a-z][a-zA-Z0-9-]*");
    private static final Set<String> REFUSED =
        Set.of("script", "style", "iframe", "object", "embed", "link", "base", "img");
    private static final Set<String> LOADING = Set.of("src", "action", "xlink", "background");
    private static final Set<String> EMPTY = Set.of("br", "hr", "wbr");

    /** Refuses what could run or load something. */
    public Element {
      if (!NAME.matcher(name).matches() || REFUSED.contains(name)) {
        throw new IllegalArgumentException("Invalid element: " + name);
      }
      attributes.forEach(Element::require);
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
      children = List.copyOf(children);
    }

    private static void require(String attribute, String value) {
      boolean leaves = attribute.equals("href") && !value.startsWith("#");
      if (!ATTRIBUTE.matcher(attribute).matches() || LOADING.contains(attribute) || leaves) {
        throw new IllegalArgumentException("Invalid attribute: %s=%s".formatted(attribute, value));
      }
    }

    /** The same with one more attribute. */
    public Element with(String attribute, String value) {
      Map<String, String> more = new LinkedHashMap<>(attributes);
      more.put(attribute, value);
      return new Element(name, more, children);
    }

    /** The same with its look, a class of the stylesheet. */
    public Element looking(String look) {
      return with("class", look);
    }

    @Override
    public void writeTo(StringBuilder page) {
      page.append('<').append(name);
      attributes.forEach(
          (attribute, value) -> {
            page.append(' ').append(attribute).append("=\"");
            new Text(value).writeTo(page);
            page.append('"');
          });
      page.append('>');
      if (!EMPTY.contains(name)) {
        children.forEach(child -> child.writeTo(page));
        page.append("</").append(name).append('>');
      }
    }
  }
}
