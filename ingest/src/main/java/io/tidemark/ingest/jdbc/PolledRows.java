package io.tidemark.ingest.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.LogPlace;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes rows of a database as change events: an envelope with schema block, as Connect's
 * JsonConverter would, so that what decodes events decodes them, and a dead letter can be read
 * without the database. Not thread-safe: one per task.
 */
final class PolledRows {
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final byte[] END = "}".getBytes(StandardCharsets.UTF_8);

  private final List<String> names;
  private final List<JsonForm> forms;
  private final int[] keyPlaces;
  private final EventSchema schema;
  private final byte[] keyBlock;
  private final byte[] valueBlock;
  private final RowSource source;

  /**
   * A writer of rows.
   *
   * @param columns the columns of the rows, in order
   * @param key which of them are the key
   */
  PolledRows(RowSource source, Map<String, DatabaseType> columns, List<String> key) {
    this.source = source;
    this.names = List.copyOf(columns.keySet());
    this.forms = columns.values().stream().map(RowSource::form).toList();
    this.keyPlaces = key.stream().mapToInt(names::indexOf).toArray();
    ArrayNode row = NODES.arrayNode();
    for (int i = 0; i < names.size(); i++) {
      row.add(field(i, !key.contains(names.get(i))));
    }
    ArrayNode keyFields = NODES.arrayNode();
    for (int place : keyPlaces) {
      keyFields.add(field(place, false));
    }
    ObjectNode keyStruct = struct(keyFields);
    ObjectNode rowStruct = struct(row);
    this.schema = EventSchema.fromConnect(keyStruct, rowStruct);
    this.keyBlock = block(keyStruct);
    this.valueBlock = block(struct(NODES.arrayNode().add(rowStruct.put("field", "after"))));
  }

  /** The schema that they are decoded with, where the pipeline file declares nothing else. */
  EventSchema schema() {
    return schema;
  }

  private ObjectNode field(int place, boolean optional) {
    return forms
        .get(place)
        .schema()
        .deepCopy()
        .put("optional", optional)
        .put("field", names.get(place));
  }

  private static ObjectNode struct(ArrayNode fields) {
    ObjectNode struct = NODES.objectNode().put("type", "struct").put("optional", true);
    struct.set("fields", fields);
    return struct;
  }

  private static byte[] block(ObjectNode schema) {
    return ("{\"schema\":" + JsonText.compact(schema) + ",\"payload\":")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Where a row stands among all readings and changes.
   *
   * @param place of the view it is of
   * @param micros when it last changed, or was read
   * @param snapshot its mark as a row of a snapshot; empty if it is none
   */
  record At(LogPlace place, long micros, String snapshot) {}

  /** The key's bytes. */
  byte[] key(String[] row) {
    return framed(
        keyBlock,
        out -> {
          out.writeStartObject();
          for (int place : keyPlaces) {
            value(out, place, row[place]);
          }
          out.writeEndObject();
        });
  }

  /**
   * The value's bytes.
   *
   * @param deleted whether the row is one that the source has deleted
   */
  byte[] value(String[] row, boolean deleted, At at) {
    return framed(
        valueBlock,
        out -> {
          out.writeStartObject();
          out.writeStringField("op", deleted ? "d" : "r");
          out.writeFieldName(deleted ? "before" : "after");
          out.writeStartObject();
          for (int i = 0; i < names.size(); i++) {
            value(out, i, row[i]);
          }
          out.writeEndObject();
          source.write(out, at);
          out.writeEndObject();
        });
  }

  /** The value's bytes of "no row is left". */
  byte[] truncate(At at) {
    return framed(
        valueBlock,
        out -> {
          out.writeStartObject();
          out.writeStringField("op", "t");
          source.write(out, at);
          out.writeEndObject();
        });
  }

  private void value(JsonGenerator out, int place, String text) throws IOException {
    out.writeFieldName(names.get(place));
    if (text == null) {
      out.writeNull();
    } else {
      forms.get(place).writer().write(out, text);
    }
  }

  private interface Body {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] framed(byte[] block, Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(block.length + 512);
    bytes.writeBytes(block);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write into memory", e);
    }
    bytes.writeBytes(END);
    return bytes.toByteArray();
  }
}
