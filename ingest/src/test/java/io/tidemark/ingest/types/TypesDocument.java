package io.tidemark.ingest.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of docs/types.md that the real databases write: what each type becomes in each mode.
 * {@code -Dtidemark.regenerate=true} writes it.
 */
final class TypesDocument {
  private final List<Mode> modes;

  /** Modes by form, by column type. */
  private final Map<String, Map<String, List<String>>> rows = new LinkedHashMap<>();

  TypesDocument(List<Mode> modes) {
    this.modes = modes;
  }

  void add(Mode mode, String type, JsonNode schema, String lakeType) {
    String form = "| `%s` | ``%s`` |".formatted(form(schema), lakeType);
    rows.computeIfAbsent(type, name -> new LinkedHashMap<>())
        .computeIfAbsent(form, name -> new ArrayList<>())
        .add(mode.name());
  }

  void assertIsIn(String section) throws IOException {
    Path file = Path.of(System.getProperty("tidemark.home"), "docs", "types.md");
    String text = Files.readString(file);
    String begin = "<!-- " + section + " -->\n";
    String end = "<!-- end of " + section + " -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    assertThat(to).as("the section '%s' in docs/types.md", section).isGreaterThan(from - 1);
    if (Boolean.getBoolean("tidemark.regenerate")) {
      Files.writeString(file, text.substring(0, from) + markdown() + text.substring(to));
    } else {
      assertThat(text.substring(from, to)).isEqualTo(markdown());
    }
  }

  private String markdown() {
    StringBuilder text = new StringBuilder();
    modes.forEach(mode -> text.append("- ").append(mode.described()).append('\n'));
    text.append("\n| type | modes | form in the event | lake type |\n|---|---|---|---|\n");
    rows.forEach(
        (type, forms) ->
            forms.forEach(
                (form, names) ->
                    text.append("| `%s` | %s %s%n".formatted(type, names(names, forms), form))));
    return text.toString();
  }

  private static String names(List<String> names, Map<String, List<String>> forms) {
    return forms.size() == 1 ? "all" : String.join(", ", names);
  }

  private static String form(JsonNode schema) {
    String physical = schema.path("type").asText();
    if (physical.equals("array")) {
      return "array of " + form(schema.get("items"));
    }
    if (physical.equals("map")) {
      return "map of " + form(schema.get("keys")) + " to " + form(schema.get("values"));
    }
    StringBuilder form = new StringBuilder(physical);
    if (schema.hasNonNull("name")) {
      form.append(' ').append(schema.get("name").asText());
    }
    List<String> parts = new ArrayList<>();
    schema
        .path("parameters")
        .fields()
        .forEachRemaining(
            parameter -> {
              if (!parameter.getKey().startsWith("__debezium.source.column.")
                  || parameter.getKey().endsWith(".type")) {
                parts.add(parameter.getKey() + "=" + parameter.getValue().asText());
              }
            });
    if (!parts.isEmpty()) {
      form.append(" (").append(String.join(", ", parts)).append(')');
    }
    return form.toString();
  }
}
