package io.tidemark.core.spec;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.TidemarkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A pipeline file for tests: the least that is valid, with single keys replaced. */
final class PipelineText {
  private final Map<String, String> yaml = new LinkedHashMap<>();

  private PipelineText() {}

  /** The least valid file, with one table and one mart; writes the mart's query beside it. */
  static PipelineText minimal() {
    return new PipelineText()
        .with("pipeline", "shop")
        .with("lake", "/lake")
        .with("source.type", "debezium")
        .with("source.bootstrap-servers", "kafka:9092")
        .with("source.topics", "shop.*")
        .with("gold.revenue.sql", "revenue.sql")
        .with("gold.revenue.key", "[window_start]");
  }

  /** The same for a source of files. */
  static PipelineText files() {
    return minimal()
        .without("source.bootstrap-servers")
        .without("source.topics")
        .with("source.type", "files")
        .with("source.path", "/events");
  }

  /** The same for a source that is a database; it needs a table with a watermark. */
  static PipelineText jdbc() {
    return minimal()
        .without("source.bootstrap-servers")
        .without("source.topics")
        .with("source.type", "jdbc")
        .with("source.url", "jdbc:postgresql://h:5432/shop")
        .with("source.user", "u")
        .with("source.password", "p");
  }

  /** The same with one dotted key, two or three words deep, set to a YAML value. */
  PipelineText with(String key, String value) {
    yaml.put(key, value);
    return this;
  }

  /** The same without a key. */
  PipelineText without(String key) {
    yaml.remove(key);
    return this;
  }

  /** The file's text, in flow style below the first level. */
  String text() {
    StringBuilder text = new StringBuilder();
    yaml.forEach((key, value) -> text.append(key.contains(".") ? "" : key + ": " + value + "\n"));
    for (String section :
        new String[] {"source", "database", "tables", "masking", "gold", "alerts", "reports"}) {
      boolean once = !section.equals("tables") && !section.equals("gold");
      Map<String, String> below = below(yaml, section);
      text.append(below.isEmpty() ? "" : section + ":\n");
      below.keySet().stream()
          .map(key -> once ? "" : key.substring(0, key.indexOf('.')))
          .distinct()
          .forEach(name -> block(text, name, below));
    }
    return text.toString();
  }

  private static void block(StringBuilder text, String name, Map<String, String> below) {
    String indent = name.isEmpty() ? "  " : "    ";
    text.append(name.isEmpty() ? "" : "  " + name + ":\n");
    (name.isEmpty() ? below : below(below, name))
        .forEach((key, value) -> text.append(indent + key + ": " + value + "\n"));
  }

  private static Map<String, String> below(Map<String, String> yaml, String prefix) {
    return yaml.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix + "."))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(prefix.length() + 1),
                Map.Entry::getValue,
                (first, second) -> second,
                LinkedHashMap::new));
  }

  /** Writes the file, and the query it names, into a folder. */
  Path in(Path folder) {
    return write(folder, text());
  }

  /** Writes this text as {@code shop.yml}, and {@code revenue.sql} beside it. */
  static Path write(Path folder, String text) {
    try {
      Files.writeString(folder.resolve("revenue.sql"), "SELECT 1 AS window_start\n");
      return Files.writeString(folder.resolve("shop.yml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The error that reading this file without any variables ends with. */
  static TidemarkException failure(Path file) {
    return catchThrowableOfType(TidemarkException.class, () -> PipelineFile.read(file, Map.of()));
  }

  /** The lines of the problems of this text, without the file's name. */
  static List<String> problems(Path folder, String text) {
    Path file = write(folder, text);
    return failure(file)
        .getMessage()
        .lines()
        .skip(1)
        .map(line -> line.replace(file + ":", ""))
        .toList();
  }
}
