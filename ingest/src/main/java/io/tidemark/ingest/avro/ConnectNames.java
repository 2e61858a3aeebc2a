package io.tidemark.ingest.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What the properties of an Avro type say about the Connect type that it was made of. */
final class ConnectNames {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";

  /** For Avro that no Connect wrote. */
  private static final Map<String, String> LOGICAL_NAMES =
      Map.of(
          "date", "org.apache.kafka.connect.data.Date",
          "time-millis", "org.apache.kafka.connect.data.Time",
          "time-micros", "io.debezium.time.MicroTime",
          "timestamp-millis", "org.apache.kafka.connect.data.Timestamp",
          "timestamp-micros", "io.debezium.time.MicroTimestamp",
          "local-timestamp-millis", "org.apache.kafka.connect.data.Timestamp",
          "local-timestamp-micros", "io.debezium.time.MicroTimestamp",
          "uuid", "io.debezium.data.Uuid");

  private ConnectNames() {}

  /** A Connect schema of a physical type, with name, parameters and default if there are any. */
  static ObjectNode named(Schema schema, String physical) {
    ObjectNode connect = NODES.objectNode().put("type", physical).put("optional", false);
    String name = name(schema);
    if (name != null) {
      connect.put("name", name);
    }
    ObjectNode parameters = parameters(schema);
    if (!parameters.isEmpty()) {
      connect.set("parameters", parameters);
    }
    JsonNode fallback = json(schema.getObjectProp("connect.default"), physical);
    if (fallback != null) {
      connect.set("default", fallback);
    }
    return connect;
  }

  /** The integer type that was written as Avro's int. */
  static String integer(Schema schema) {
    String type = schema.getProp("connect.type");
    return "int8".equals(type) || "int16".equals(type) ? type : "int32";
  }

  private static String name(Schema schema) {
    String name = schema.getProp("connect.name");
    if (name != null) {
      return name;
    }
    if (schema.getType() == Schema.Type.RECORD) {
      return schema.getFullName();
    }
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal) {
      return DECIMAL;
    }
    return logical == null ? null : LOGICAL_NAMES.get(logical.getName());
  }

  private static ObjectNode parameters(Schema schema) {
    ObjectNode parameters = NODES.objectNode();
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      parameters.put("scale", Integer.toString(decimal.getScale()));
      parameters.put("connect.decimal.precision", Integer.toString(decimal.getPrecision()));
    }
    if (schema.getObjectProp("connect.parameters") instanceof Map<?, ?> written) {
      if (DECIMAL.equals(schema.getProp("connect.name"))) {
        // The converter invents a precision for Avro where Connect had none.
        parameters.removeAll();
      }
      written.forEach((key, value) -> parameters.put(key.toString(), value.toString()));
    }
    return parameters;
  }

  /** A default; null if there is none, or one of a struct, which no column of a table has. */
  private static JsonNode json(Object value, String physical) {
    if (value instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    }
    if (value instanceof Integer || value instanceof Long) {
      return NODES.numberNode(((Number) value).longValue());
    }
    if (value instanceof Number number) {
      return NODES.numberNode(number.doubleValue());
    }
    if (value instanceof String text) {
      return NODES.textNode(physical.equals("bytes") ? base64(text) : text);
    }
    if (value instanceof Collection<?> elements && physical.equals("array")) {
      ArrayNode array = NODES.arrayNode();
      for (Object element : elements) {
        JsonNode one = json(element, "");
        if (one == null) {
          return null;
        }
        array.add(one);
      }
      return array;
    }
    return null;
  }

  /** Avro writes bytes in JSON as the characters of the same numbers. */
  private static String base64(String characters) {
    return Base64.getEncoder().encodeToString(characters.getBytes(StandardCharsets.ISO_8859_1));
  }
}
