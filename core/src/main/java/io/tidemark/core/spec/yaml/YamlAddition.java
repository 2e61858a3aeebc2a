package io.tidemark.core.spec.yaml;

import io.tidemark.core.spec.yaml.YamlOutline.Item;
import io.tidemark.core.spec.yaml.YamlOutline.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Adds entries to a map of a YAML text that people write, too: every character that stands there
 * stays, comments and line ends included. What it makes is read again and compared; where anything
 * but the added entries would differ, nothing is added.
 */
public final class YamlAddition {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int USUAL_INDENTATION = 2;

  private final String text;
  private final List<String> path;
  private final List<Entry> entries;

  private YamlAddition(String text, List<String> path, List<Entry> entries) {
    this.text = text;
    this.path = path;
    this.entries = entries;
  }

  /**
   * What is added.
   *
   * @param value as YAML on one line
   * @param comment one or more lines, which stand above it
   */
  public record Entry(String key, String value, String comment) {}

  /** The text cannot be added to; the message says why, as the end of a sentence. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  /**
   * The text with the entries at the end of the map at a path. Maps of the path that do not exist
   * are made, at the end of those that do.
   *
   * @param path keys from the root of the text
   * @param entries not yet in that map; at least one
   */
  public static String add(String text, List<String> path, List<Entry> entries) throws Refused {
    if (text.startsWith(BYTE_ORDER_MARK)) {
      return BYTE_ORDER_MARK + add(text.substring(1), path, entries);
    }
    YamlAddition addition = new YamlAddition(text, path, entries);
    String added = addition.added();
    addition.compare(added);
    return added;
  }

  /** The entries as a text of their own, for people to put where they belong. */
  public static String alone(List<String> path, List<Entry> entries) {
    return String.join("\n", new YamlAddition("", path, entries).lines(0, 0, USUAL_INDENTATION))
        + "\n";
  }

  private String added() throws Refused {
    Optional<Item> root = YamlOutline.of(text);
    if (root.isEmpty() || root.get().style() == Style.EMPTY) {
      return inserted(text.length(), lines(0, 0, USUAL_INDENTATION));
    }
    int unit = unit(root.get()).orElse(USUAL_INDENTATION);
    Item map = requireBlock(root.get(), "the file");
    for (int depth = 0; depth < path.size(); depth++) {
      Optional<YamlOutline.Entry> entry = map.entry(path.get(depth));
      if (entry.isEmpty()) {
        return inserted(behind(map.end(), map.column()), lines(depth, map.column(), unit));
      }
      Item value = entry.get().value();
      if (value.style() == Style.EMPTY) {
        int at = behind(value.end(), map.column() + 1);
        return inserted(at, lines(depth + 1, map.column() + unit, unit));
      }
      map = requireBlock(value, "'" + String.join(".", path.subList(0, depth + 1)) + "'");
    }
    return inserted(behind(map.end(), map.column()), lines(path.size(), map.column(), unit));
  }

  private static Item requireBlock(Item item, String what) throws Refused {
    String found =
        switch (item.style()) {
          case BLOCK, EMPTY -> "";
          case FLOW -> "is written in brackets, not with a line for each entry";
          case ALIAS -> "is an alias of what stands elsewhere in the file";
          case OTHER -> "is no map";
        };
    if (!found.isEmpty()) {
      throw new Refused("%s (line %d) %s".formatted(what, item.at().line(), found));
    }
    return item;
  }

  /** How much deeper the first map within a map is indented. */
  private static Optional<Integer> unit(Item map) {
    for (YamlOutline.Entry entry : map.entries()) {
      if (entry.value().style() == Style.BLOCK) {
        return Optional.of(entry.value().column() - map.column()).filter(deeper -> deeper > 0);
      }
    }
    return Optional.empty();
  }

  /**
   * The start of the first line behind a value that is not a comment on the entries it ends.
   *
   * @param column how far such a comment is indented, or more
   */
  private int behind(int end, int column) {
    boolean lineHasEnded = end > 0 && isLineEnd(text.charAt(end - 1));
    int place = lineHasEnded ? end : nextLine(end);
    for (int line = place; line < text.length(); line = nextLine(line)) {
      String content = text.substring(line, nextLine(line));
      String stripped = content.strip();
      if (stripped.startsWith("#") && content.indexOf('#') >= column) {
        place = nextLine(line);
      } else if (!stripped.isEmpty()) {
        break;
      }
    }
    return place;
  }

  private int nextLine(int from) {
    int at = from;
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      at++;
    }
    boolean two = text.startsWith("\r\n", at);
    return Math.min(text.length(), at + (two ? 2 : 1));
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private String inserted(int at, List<String> lines) {
    String lineEnd = lineEnd();
    boolean afterText = at > 0 && !isLineEnd(text.charAt(at - 1));
    return text.substring(0, at)
        + (afterText ? lineEnd : "")
        + String.join(lineEnd, lines)
        + lineEnd
        + text.substring(at);
  }

  private String lineEnd() {
    int first = text.indexOf('\n');
    return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }

  private List<String> lines(int depth, int column, int unit) {
    List<String> lines = new ArrayList<>();
    int indentation = column;
    for (String key : path.subList(depth, path.size())) {
      lines.add(" ".repeat(indentation) + YamlScalar.written(key) + ":");
      indentation += unit;
    }
    String spaces = " ".repeat(indentation);
    for (Entry entry : entries) {
      entry.comment().lines().forEach(line -> lines.add(spaces + "# " + line));
      lines.add(spaces + YamlScalar.written(entry.key()) + ": " + entry.value());
    }
    return lines;
  }

  private void compare(String added) throws Refused {
    Object expected = with(load(text), 0);
    if (!load(added).equals(expected)) {
      throw new Refused("other parts of it would change: it is not written in the usual way");
    }
  }

  private static Object load(String yaml) throws Refused {
    LoadSettings settings =
        LoadSettings.builder().setMaxAliasesForCollections(Integer.MAX_VALUE).build();
    try {
      return new Load(settings).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new Refused("it is not plain YAML, or what is added does not fit in");
    }
  }

  /** The values of the text, with what is added. */
  private Object with(Object value, int depth) throws Refused {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> known) {
      map.putAll(known);
    }
    if (depth < path.size()) {
      map.put(path.get(depth), with(map.get(path.get(depth)), depth + 1));
      return map;
    }
    for (Entry entry : entries) {
      map.put(entry.key(), load(entry.value()));
    }
    return map;
  }
}
