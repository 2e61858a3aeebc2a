package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Schemas as the lake stores them, in one spelling per schema.
 *
 * <p>What is stored is what the source said, not the codec it led to, so that today's code decodes
 * events of years ago. The spelling is hashed: changing it makes every schema a new one.
 */
final class SchemaJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SchemaJson() {}

  static String write(EventSchema schema) {
    ObjectNode json = NODES.objectNode();
    schema.key().ifPresent(key -> json.set("key", columns(key.columns())));
    json.set("row", columns(schema.row().columns()));
    return JsonText.compact(json);
  }

  static EventSchema read(String json) {
    try {
      JsonNode schema = JsonText.parse(json);
      Optional<RowSchema> key =
          schema.has("key") ? Optional.of(row(schema.path("key"))) : Optional.empty();
      return new EventSchema(key, row(schema.path("row")));
    } catch (UndecodableValueException | TidemarkException e) {
      throw Errors.dataLoss(
          "Invalid event schema in the lake: " + e.getMessage(),
          "Restore the lake's table of event schemas to an older version, or use the version of"
              + " Tidemark that wrote it.");
    }
  }

  private static ArrayNode columns(List<Column> columns) {
    ArrayNode json = NODES.arrayNode();
    for (Column column : columns) {
      ObjectNode object = json.addObject().put("name", column.name());
      object.set("type", type(column.type()));
      if (column.optional()) {
        object.put("optional", true);
      }
      column.defaultValue().ifPresent(value -> object.set("default", value));
    }
    return json;
  }

  private static JsonNode type(ColumnType type) {
    if (type instanceof ColumnDeclaration declaration) {
      return NODES.textNode(declaration.text());
    }
    if (type instanceof MaskedType masked) {
      return NODES.objectNode().put("masked", masked.mask()).put("stored", masked.stored().text());
    }
    ConnectType connect = (ConnectType) type;
    ObjectNode json = NODES.objectNode().put("connect", connect.physical());
    if (!connect.semantic().isEmpty()) {
      json.put("name", connect.semantic());
    }
    if (!connect.parameters().isEmpty()) {
      ObjectNode parameters = json.putObject("parameters");
      connect.parameters().forEach(parameters::put);
    }
    if (!connect.children().isEmpty()) {
      json.set("of", columns(connect.children()));
    }
    return json;
  }

  private static RowSchema row(JsonNode json) {
    return new RowSchema(readColumns(json));
  }

  private static List<Column> readColumns(JsonNode json) {
    if (!json.isArray()) {
      throw broken("an array of columns is expected");
    }
    List<Column> columns = new ArrayList<>(json.size());
    for (JsonNode column : json) {
      if (!column.path("name").isTextual()) {
        throw broken("a column has no name");
      }
      String defaultJson =
          column.has("default") ? JsonText.canonicalKey(column.get("default")) : null;
      columns.add(
          new Column(
              column.get("name").textValue(),
              readType(column.path("type")),
              column.path("optional").asBoolean(false),
              defaultJson));
    }
    return columns;
  }

  private static ColumnType readType(JsonNode json) {
    if (json.isTextual()) {
      return ColumnDeclaration.parse(json.textValue());
    }
    if (json.has("masked")) {
      return new MaskedType(
          json.get("masked").asText(), ColumnDeclaration.parse(json.path("stored").asText()));
    }
    SortedMap<String, String> parameters = new TreeMap<>();
    json.path("parameters")
        .fields()
        .forEachRemaining(entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
    ConnectType type =
        new ConnectType(
            json.path("connect").asText(""),
            json.path("name").asText(""),
            parameters,
            json.has("of") ? readColumns(json.get("of")) : List.of());
    // Refuses a type that this version cannot decode.
    Codec.of(type);
    return type;
  }

  private static UndecodableValueException broken(String problem) {
    return UndecodableValueException.schema("", problem);
  }
}
