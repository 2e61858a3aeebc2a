package io.tidemark.core.spec.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads a YAML file into located values; never creates other objects, whatever tags it holds. */
public final class YamlDocument {
  private final Substitution substitution;
  private final Problems problems;

  /** Nodes being read (null) and read; nodes are equal by identity, and an alias is its node. */
  private final Map<Node, YamlValue> read = new HashMap<>();

  private YamlDocument(Substitution substitution, Problems problems) {
    this.substitution = substitution;
    this.problems = problems;
  }

  /**
   * The value of the whole file; problems of syntax, duplicate keys and substitutions are added to
   * {@code problems}.
   *
   * @param environment the variables that may be substituted
   * @throws io.tidemark.core.error.TidemarkException if there is no text to read: no such file, a
   *     folder, not UTF-8
   */
  public static YamlValue read(Path file, Map<String, String> environment, Problems problems) {
    return read(file, YamlText.read(file), environment, problems);
  }

  /** The same for a file that another one names. */
  public static YamlValue read(
      FileLookup.Found file, Map<String, String> environment, Problems problems) {
    return read(file.path(), YamlText.withoutMark(file.text()), environment, problems);
  }

  private static YamlValue read(
      Path file, String text, Map<String, String> environment, Problems problems) {
    Substitution substitution = new Substitution(environment, new FileLookup(file), problems);
    return new YamlDocument(substitution, problems).parse(text, file.toString());
  }

  /** The value of a YAML text written in code, such as a default; throws if it is not valid. */
  public static YamlValue literal(String yaml) {
    Problems problems = new Problems(Path.of("default"));
    Substitution none = new Substitution(Map.of(), new FileLookup(Path.of("")), problems);
    YamlValue value = new YamlDocument(none, problems).parse(yaml, "default");
    problems.throwIfAny();
    return value;
  }

  private YamlValue parse(String text, String label) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(label)
            .setSchema(new CoreSchema())
            // Many tables may share one alias; nodes are read once, so aliases cannot multiply
            // work.
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .build();
    try {
      return onlyDocument(new Compose(settings).composeAllFromString(text).iterator());
    } catch (MarkedYamlEngineException e) {
      Place at = place(e.getProblemMark().or(e::getContextMark));
      SyntaxRemedy remedy = SyntaxRemedy.of(e, line(text, at));
      problems.add(at, "not valid YAML: " + remedy.problem(), remedy.remedy());
    } catch (ReaderException e) {
      problems.add(
          placeOf(text, e.getPosition()),
          "not valid YAML: the character U+%04X is not allowed".formatted(e.getCodePoint()),
          "remove it");
    } catch (YamlEngineException e) {
      problems.add(Place.START, "not valid YAML: " + e.getMessage(), "shorten the file");
    }
    return new YamlValue.Broken(Place.START);
  }

  private YamlValue onlyDocument(Iterator<Node> documents) {
    if (!documents.hasNext()) {
      return new YamlValue.Empty(Place.START);
    }
    YamlValue value = value("", documents.next());
    if (documents.hasNext()) {
      problems.add(
          place(documents.next().getStartMark()),
          "a second YAML document",
          "keep one document per file; remove '---'");
    }
    return value;
  }

  private YamlValue value(String key, Node node) {
    Place at = place(node.getStartMark());
    if (read.containsKey(node)) {
      YamlValue known = read.get(node);
      return known != null ? known : broken(at, key, "contains itself", "remove the alias '*...'");
    }
    read.put(node, null);
    YamlValue value = fresh(key, node, at);
    read.put(node, value);
    return value;
  }

  private YamlValue fresh(String key, Node node, Place at) {
    if (!isPlainYaml(node.getTag())) {
      return broken(at, key, "a YAML tag ('!...') is not supported", "write the value without it");
    }
    if (node instanceof MappingNode mapping) {
      return mapping(key, mapping, at);
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlValue> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(value(key, item)));
      return new YamlValue.Sequence(at, items);
    }
    return node.getTag().equals(Tag.NULL)
        ? new YamlValue.Empty(at)
        : substitution.apply(at, key, ((ScalarNode) node).getValue());
  }

  /** The parser gives ENV_TAG to what looks like a substitution to it. */
  private static boolean isPlainYaml(Tag tag) {
    return tag.equals(Tag.ENV_TAG)
        || (tag.getValue().startsWith(Tag.PREFIX) && !tag.equals(Tag.BINARY));
  }

  private YamlValue mapping(String parent, MappingNode mapping, Place at) {
    Map<String, YamlValue.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place keyAt = place(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.add(keyAt, "a key that is a list or a map", "write a plain word as the key");
        continue;
      }
      String key = keyNode.getValue();
      String path = parent.isEmpty() ? key : parent + "." + key;
      YamlValue value = value(path, tuple.getValueNode());
      YamlValue.Entry first = entries.putIfAbsent(key, new YamlValue.Entry(keyAt, key, value));
      if (first != null) {
        problems.add(
            keyAt,
            "duplicate key '" + path + "', first given in line " + first.at().line(),
            "remove one of the two");
      }
    }
    return new YamlValue.Mapping(at, List.copyOf(entries.values()));
  }

  private YamlValue broken(Place at, String key, String problem, String remedy) {
    problems.add(at, (key.isEmpty() ? "" : key + ": ") + problem, remedy);
    return new YamlValue.Broken(at);
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(Place.START);
  }

  private static Place placeOf(String text, int codePoints) {
    String before = text.substring(0, text.offsetByCodePoints(0, codePoints));
    int lineStart = before.lastIndexOf('\n') + 1;
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Place(line, before.codePointCount(lineStart, before.length()) + 1);
  }

  private static String line(String text, Place at) {
    return text.lines().skip(at.line() - 1L).findFirst().orElse("");
  }
}
