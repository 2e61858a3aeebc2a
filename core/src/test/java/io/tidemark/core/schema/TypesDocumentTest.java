package io.tidemark.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.schema.ColumnDeclaration.Encoding;
import io.tidemark.core.schema.ConnectCodecs.Meaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/types.md against the code: every row is true, and nothing is left out. */
class TypesDocumentTest {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<physical>\\w+)(?: (?<semantic>[\\w.]+))?(?: \\((?<parameters>.*)\\))?"
              + "(?: \\{(?<fields>.*)\\})?");

  /** A table's rows, each as its cells without back quotes. */
  private static List<List<String>> table(String header) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of(System.getProperty("tidemark.home"), "docs/types.md"));
    } catch (IOException e) {
      throw new AssertionError("Cannot read docs/types.md", e);
    }
    int start = lines.indexOf(header);
    assertThat(start).as("the table '%s' in docs/types.md", header).isNotNegative();
    return lines.subList(start + 2, lines.size()).stream()
        .takeWhile(line -> line.startsWith("|"))
        .map(TypesDocumentTest::cells)
        .toList();
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1).split("\\|", -1))
        .map(String::strip)
        .map(cell -> cell.startsWith("``") ? cell.substring(2, cell.length() - 2) : cell)
        .map(cell -> cell.matches("`[^`]*`") ? cell.substring(1, cell.length() - 1) : cell)
        .toList();
  }

  static List<List<String>> forms() {
    return table(
        "| source type (PostgreSQL) | form in the event | lake type | images and limits |");
  }

  static List<List<String>> declarations() {
    return table("| declaration | JSON | lake type |");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void formsLeadToTheLakeTypesTheyShow(List<String> row) {
    assertThat(connect(row.get(1)).lakeType().ddl()).isEqualTo(row.get(2));
  }

  @Test
  void everyMeaningInTheCodeHasARow() {
    Set<Meaning> documented =
        forms().stream()
            .map(row -> connect(row.get(1)))
            .map(type -> new Meaning(type.semantic(), type.physical()))
            .collect(Collectors.toSet());

    assertThat(documented).containsAll(ConnectCodecs.meanings());
  }

  @Test
  void everyPhysicalTypeHasARow() {
    assertThat(forms().stream().map(row -> connect(row.get(1)).physical()).distinct())
        .containsExactlyInAnyOrderElementsOf(ConnectCodecs.PHYSICAL);
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void declarationsLeadToTheLakeTypesTheyShowAndDecodeTheExample(List<String> row) {
    Column column = Schemas.declared(row.get(0));

    assertThat(column.lakeType().ddl()).isEqualTo(row.get(2));
    assertThat(Schemas.decode(column, row.get(1))).isNotNull();
  }

  @Test
  void everyEncodingHasARow() {
    assertThat(
            declarations().stream()
                .map(row -> ColumnDeclaration.parse(row.get(0)).encoding())
                .distinct())
        .containsExactlyInAnyOrder(Encoding.values());
  }

  private static ConnectType connect(String form) {
    List<Column> children = new ArrayList<>();
    if (form.startsWith("array of ")) {
      children.add(member("element", form.substring("array of ".length())));
      return new ConnectType("array", "", new TreeMap<>(), children);
    }
    if (form.startsWith("map of ")) {
      String[] parts = form.substring("map of ".length()).split(" to ", -1);
      children.add(member("key", parts[0]));
      children.add(member("value", parts[1]));
      return new ConnectType("map", "", new TreeMap<>(), children);
    }
    Matcher matcher = FORM.matcher(form);
    assertThat(matcher.matches()).as("the form '%s'", form).isTrue();
    if (matcher.group("fields") != null) {
      for (String field : matcher.group("fields").split(", ", -1)) {
        String[] parts = field.split(": ", -1);
        children.add(member(parts[0], parts[1]));
      }
    }
    String semantic = matcher.group("semantic") == null ? "" : matcher.group("semantic");
    return new ConnectType(
        matcher.group("physical"), semantic, parameters(matcher.group("parameters")), children);
  }

  private static Column member(String name, String form) {
    return new Column(name, connect(form), true, null);
  }

  private static SortedMap<String, String> parameters(String text) {
    SortedMap<String, String> parameters = new TreeMap<>();
    if (text != null) {
      for (String parameter : text.split(", ", -1)) {
        String[] parts = parameter.split("=", -1);
        parameters.put(parts[0], parts[1]);
      }
    }
    return parameters;
  }
}
