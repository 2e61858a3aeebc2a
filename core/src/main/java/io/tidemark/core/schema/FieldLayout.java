package io.tidemark.core.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.UndecodableValueException.Code;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Pairs the fields of JSON objects with the columns of a schema. */
final class FieldLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ValueDecoder[] decoders;
  private final HashMap<String, Integer> places = new HashMap<>();

  FieldLayout(List<Column> columns) {
    decoders = columns.stream().map(ValueDecoder::of).toArray(ValueDecoder[]::new);
    for (int i = 0; i < decoders.length; i++) {
      places.put(columns.get(i).name(), i);
    }
  }

  /** Takes the JSON value of a column, null if the object has no such field. */
  interface Sink {
    void accept(int place, ValueDecoder decoder, JsonNode value);
  }

  /** Gives each column's value to the sink, refusing what is no object and unknown fields. */
  void read(JsonNode object, Sink sink) {
    if (!object.isObject()) {
      throw UndecodableValueException.value(
          Code.WRONG_JSON_TYPE, object, "a JSON object is expected");
    }
    int next = 0;
    int found = 0;
    Iterator<Map.Entry<String, JsonNode>> fields = object.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      int place = place(field, next);
      sink.accept(place, decoders[place], field.getValue());
      next = place + 1;
      found++;
    }
    if (found < decoders.length) {
      absent(object, sink);
    }
  }

  private void absent(JsonNode object, Sink sink) {
    for (int i = 0; i < decoders.length; i++) {
      if (!object.has(decoders[i].column().name())) {
        sink.accept(i, decoders[i], null);
      }
    }
  }

  /** Fields mostly come in the schema's order, so the next column is the first guess. */
  private int place(Map.Entry<String, JsonNode> field, int next) {
    String name = field.getKey();
    if (next < decoders.length && decoders[next].column().name().equals(name)) {
      return next;
    }
    Integer place = places.get(name);
    if (place == null) {
      throw UndecodableValueException.value(
              Code.UNKNOWN_COLUMN, field.getValue(), "the event's schema has no such field")
          .at(name);
    }
    return place;
  }
}
