package io.tidemark.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a generated table's primary key looks. */
enum KeyShape {
  /** Two columns. */
  COMPOSITE(List.of("region", "code"), List.of("int32", "string"), List.of("int", "string")) {
    @Override
    Map<String, Cell> cells(Key key) {
      Map<String, Cell> cells = new LinkedHashMap<>();
      cells.put("region", cell(JSON.numberNode(key.history()), key.history()));
      cells.put("code", text(key.number() % 3 == 0 ? "it's \"%d\"" : "k%d", key.number()));
      return cells;
    }
  },
  /** One column of text, with the characters that break careless SQL. */
  TEXT(List.of("id"), List.of("string"), List.of("string")) {
    @Override
    Map<String, Cell> cells(Key key) {
      return Map.of("id", text("%d/'\\\"ö%d", key.history(), key.number()));
    }
  },
  /** One whole number. */
  NUMBER(List.of("id"), List.of("int64"), List.of("bigint")) {
    @Override
    Map<String, Cell> cells(Key key) {
      long id = key.history() * 1_000L + key.number();
      return Map.of("id", cell(JSON.numberNode(id), id));
    }
  };

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<String> columns;
  private final List<String> connectTypes;
  private final List<String> types;

  KeyShape(List<String> columns, List<String> connectTypes, List<String> types) {
    this.columns = columns;
    this.connectTypes = connectTypes;
    this.types = types;
  }

  List<String> columns() {
    return columns;
  }

  /** The types of the columns, in the pipeline file's words and in Spark's. */
  List<String> types() {
    return types;
  }

  /** Connect's JSON for the columns. */
  String connectFields() {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      fields.append(i == 0 ? "" : ",");
      fields.append(
          "{\"type\":\"%s\",\"optional\":false,\"field\":\"%s\"}"
              .formatted(connectTypes.get(i), columns.get(i)));
    }
    return fields.toString();
  }

  /** The values of the key's columns. */
  abstract Map<String, Cell> cells(Key key);

  private static Cell cell(JsonNode json, Object value) {
    return new Cell(json, Texts.of(value));
  }

  private static Cell text(String format, Object... arguments) {
    String text = format.formatted(arguments);
    return cell(JSON.textNode(text), text);
  }
}
