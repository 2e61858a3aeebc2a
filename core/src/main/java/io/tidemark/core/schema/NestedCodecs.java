package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arrays, maps and structs. */
final class NestedCodecs {
  private NestedCodecs() {}

  /** JSON arrays. */
  record ArrayOf(LakeType lakeType, ValueDecoder element) implements Codec {
    static ArrayOf of(Column element) {
      return new ArrayOf(new LakeType.ArrayOf(element.lakeType()), ValueDecoder.of(element));
    }

    @Override
    public Object decode(JsonNode value) {
      if (!value.isArray()) {
        throw UndecodableValueException.value(
            Code.WRONG_JSON_TYPE, value, "a JSON array is expected");
      }
      List<Object> elements = new ArrayList<>(value.size());
      for (JsonNode node : value) {
        try {
          elements.add(element.value(node));
        } catch (UndecodableValueException e) {
          throw e.at("[" + elements.size() + "]");
        }
      }
      return elements;
    }
  }

  /** JSON objects; or arrays of pairs, which a converter writes if the keys are no strings. */
  record MapOf(LakeType lakeType, ValueDecoder key, ValueDecoder value) implements Codec {
    static MapOf of(Column key, Column value) {
      return new MapOf(
          new LakeType.MapOf(key.lakeType(), value.lakeType()),
          ValueDecoder.of(key),
          ValueDecoder.of(value));
    }

    @Override
    public Object decode(JsonNode node) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      if (node.isObject()) {
        node.fields()
            .forEachRemaining(
                entry -> put(entries, new TextNode(entry.getKey()), entry.getValue()));
        return entries;
      }
      if (!node.isArray()) {
        throw UndecodableValueException.value(
            Code.WRONG_JSON_TYPE, node, "a JSON object or an array of pairs is expected");
      }
      for (JsonNode pair : node) {
        if (!pair.isArray() || pair.size() != 2) {
          throw UndecodableValueException.value(
              Code.WRONG_JSON_TYPE, pair, "a pair of key and value is expected");
        }
        put(entries, pair.get(0), pair.get(1));
      }
      return entries;
    }

    private void put(Map<Object, Object> entries, JsonNode keyNode, JsonNode valueNode) {
      String place = "[" + keyNode.asText() + "]";
      try {
        Object decoded = keyNode.isNull() ? null : key.value(keyNode);
        if (decoded == null) {
          throw UndecodableValueException.value(
              Code.NULL_NOT_ALLOWED, keyNode, "a map has no null key");
        }
        if (entries.containsKey(decoded)) {
          throw UndecodableValueException.value(
              Code.BAD_JSON, keyNode, "the map has this key twice");
        }
        entries.put(decoded, value.value(valueNode));
      } catch (UndecodableValueException e) {
        throw e.at(place);
      }
    }
  }

  /** JSON objects of known fields. */
  record StructOf(LakeType lakeType, FieldLayout layout, int width) implements Codec {
    static StructOf of(List<Column> fields) {
      return new StructOf(
          new LakeType.StructOf(fields.stream().map(Column::lakeField).toList()),
          new FieldLayout(fields),
          fields.size());
    }

    @Override
    public Object decode(JsonNode value) {
      Object[] values = new Object[width];
      layout.read(value, (place, decoder, field) -> values[place] = decoder.decode(field));
      return values;
    }
  }
}
