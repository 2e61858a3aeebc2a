package io.tidemark.ingest.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A field of a message.
 *
 * @param type its type, that of one element if it is repeated
 * @param shape how often it may be there
 */
record ProtoField(String name, ProtoType type, Shape shape) {

  /** How often a field may be there, and what its absence means. */
  enum Shape {
    /** Once; absent it is null. */
    OPTIONAL,
    /** Once; absent it has the type's own default. */
    IMPLICIT,
    /** Once, always. */
    REQUIRED,
    /** Any number of times. */
    REPEATED,
    /** Any number of entries, each a message of key and value; the type is that of the entries. */
    MAP
  }

  /** Its Connect schema, with its name. */
  ObjectNode connect() {
    ObjectNode schema =
        switch (shape) {
          case OPTIONAL -> type.connect().deepCopy().put("optional", true);
          case IMPLICIT, REQUIRED, MAP -> type.connect().deepCopy().put("optional", false);
          case REPEATED -> {
            ObjectNode array =
                JsonNodeFactory.instance.objectNode().put("type", "array").put("optional", false);
            array.set("items", type.connect().deepCopy().put("optional", false));
            yield array;
          }
        };
    return schema.put("field", name);
  }

  /** What it is before anything of it was read. */
  JsonNode initial() {
    return switch (shape) {
      case REPEATED -> JsonNodeFactory.instance.arrayNode();
      case MAP ->
          hasTextKeys()
              ? JsonNodeFactory.instance.objectNode()
              : JsonNodeFactory.instance.arrayNode();
      case IMPLICIT -> type.absent() == null ? JsonNodeFactory.instance.nullNode() : type.absent();
      case OPTIONAL, REQUIRED -> JsonNodeFactory.instance.nullNode();
    };
  }

  private boolean hasTextKeys() {
    return type.connect().path("keys").path("type").asText().equals("string");
  }

  /** Reads what stands in the message at this field into its row. */
  void read(WireInput input, int wireType, ObjectNode row) {
    if (shape == Shape.REPEATED && wireType == WireInput.LENGTH && type.isPackable()) {
      WireInput packed = input.delimited();
      while (!packed.isAtEnd()) {
        ((ArrayNode) row.get(name)).add(type.next(packed));
      }
      return;
    }
    if (wireType != type.wireType()) {
      throw WireInput.mismatch("the field '" + name + "' has wire type " + wireType);
    }
    JsonNode value = type.next(input);
    switch (shape) {
      case REPEATED -> ((ArrayNode) row.get(name)).add(value);
      case MAP -> put(row.get(name), value.get("key"), value.get("value"));
      case OPTIONAL, IMPLICIT, REQUIRED -> row.set(name, value);
    }
  }

  /** The last entry of a key counts, as everywhere in Protobuf. */
  private static void put(JsonNode map, JsonNode key, JsonNode value) {
    if (map instanceof ObjectNode object) {
      object.set(key instanceof TextNode text ? text.textValue() : key.asText(), value);
      return;
    }
    ArrayNode pairs = (ArrayNode) map;
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).get(0).equals(key)) {
        pairs.remove(i);
        break;
      }
    }
    pairs.addArray().add(key).add(value);
  }

  void requirePresent(ObjectNode row) {
    if (shape == Shape.REQUIRED && row.get(name).isNull()) {
      throw WireInput.mismatch("the required field '" + name + "' is missing");
    }
  }
}
