package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the schema blocks that Kafka Connect's JsonConverter writes. */
final class ConnectSchemaReader {
  private ConnectSchemaReader() {}

  /**
   * The columns of a struct schema.
   *
   * @param what what the struct is, for errors
   */
  static RowSchema struct(String what, JsonNode schema) {
    if (schema == null || !"struct".equals(text(schema, "type"))) {
      throw UndecodableValueException.schema(
          what, "the schema of a " + what + " must be a struct, but is " + described(schema));
    }
    return new RowSchema(fields(schema));
  }

  private static List<Column> fields(JsonNode schema) {
    JsonNode fields = schema.path("fields");
    if (!fields.isArray() || fields.isEmpty()) {
      throw UndecodableValueException.schema("", "a struct must have 'fields', and has none");
    }
    List<Column> columns = new ArrayList<>(fields.size());
    for (JsonNode field : fields) {
      String name = text(field, "field");
      if (name.isEmpty()) {
        throw UndecodableValueException.schema(
            "", "a field of a struct has no name: " + described(field));
      }
      columns.add(column(name, field));
    }
    return columns;
  }

  private static Column column(String name, JsonNode schema) {
    try {
      ConnectType type = type(schema);
      // Made here once so that a schema that cannot be decoded is refused as a whole.
      Codec.of(type);
      JsonNode fallback = schema.path("default");
      String defaultJson =
          fallback.isMissingNode() || fallback.isNull() ? null : JsonText.canonicalKey(fallback);
      return new Column(name, type, schema.path("optional").asBoolean(false), defaultJson);
    } catch (UndecodableValueException e) {
      throw e.at(name);
    }
  }

  private static ConnectType type(JsonNode schema) {
    String physical =
        switch (text(schema, "type")) {
          case "float32" -> "float";
          case "float64" -> "double";
          default -> text(schema, "type");
        };
    List<Column> children =
        switch (physical) {
          case "array" -> List.of(column("element", child(schema, "items")));
          case "map" ->
              List.of(
                  column("key", child(schema, "keys")), column("value", child(schema, "values")));
          case "struct" -> fields(schema);
          default -> List.of();
        };
    if (!ConnectCodecs.PHYSICAL.contains(physical)) {
      throw UndecodableValueException.schema(
          "", "unknown type '%s' in its schema %s".formatted(physical, described(schema)));
    }
    return new ConnectType(physical, text(schema, "name"), parameters(schema), children);
  }

  private static JsonNode child(JsonNode schema, String name) {
    JsonNode child = schema.path(name);
    if (!child.isObject()) {
      throw UndecodableValueException.schema(
          "", "its schema has no '%s': %s".formatted(name, described(schema)));
    }
    return child;
  }

  private static SortedMap<String, String> parameters(JsonNode schema) {
    SortedMap<String, String> parameters = new TreeMap<>();
    schema
        .path("parameters")
        .fields()
        .forEachRemaining(entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
    return parameters;
  }

  private static String text(JsonNode schema, String name) {
    return schema.path(name).asText("");
  }

  private static String described(JsonNode schema) {
    return schema == null ? "missing" : UndecodableValueException.bounded(JsonText.compact(schema));
  }
}
