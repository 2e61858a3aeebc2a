package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.MongoRows;
import io.tidemark.core.schema.RowSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/** Finds the schema of an event, and keeps those it has seen. Not thread-safe: one per task. */
final class EventShapes {
  private static final SchemaBlock NO_KEY = new SchemaBlock(null, new byte[0]);

  private final DecodeSettings settings;
  // Blocks that nobody remembers any more take their shapes with them.
  private final Map<String, Map<SchemaBlock, Map<SchemaBlock, EventShape>>> byBlock =
      new HashMap<>();
  private final Map<List<Object>, EventShape> byNames = new HashMap<>();
  private final Map<String, MongoRows> mongoRows = new HashMap<>();

  EventShapes(DecodeSettings settings) {
    this.settings = settings;
  }

  /** The shape of an event with schema blocks. */
  EventShape of(String table, SchemaBlock key, SchemaBlock value) {
    return byBlock
        .computeIfAbsent(table, name -> new WeakHashMap<>())
        .computeIfAbsent(value, block -> new WeakHashMap<>())
        .computeIfAbsent(key == null ? NO_KEY : key, block -> fromBlocks(table, key, value));
  }

  private EventShape fromBlocks(String table, SchemaBlock key, SchemaBlock value) {
    JsonNode row = field(value.schema(), "after");
    if (row == null) {
      row = field(value.schema(), "before");
    }
    EventSchema schema = EventSchema.fromConnect(key == null ? null : key.schema(), row);
    return new EventShape(
        withDeclaredKey(table, schema.with(settings.columns(table))), settings.unavailable());
  }

  private static JsonNode field(JsonNode schema, String name) {
    for (JsonNode field : schema.path("fields")) {
      if (name.equals(field.path("field").asText())) {
        return field;
      }
    }
    return null;
  }

  /** The shape of an event without schema blocks: its columns are the fields it has. */
  EventShape of(String table, JsonNode key, JsonNode row) {
    List<String> keyNames = key == null ? List.of() : names(key);
    List<String> rowNames = row == null ? keyNames : names(row);
    return byNames.computeIfAbsent(
        List.of(table, keyNames, rowNames),
        shape -> {
          EventSchema schema = EventSchema.schemaless(keyNames, rowNames, settings.columns(table));
          // A truncate has no row, and needs no key.
          EventSchema keyed = row == null ? schema : withDeclaredKey(table, schema);
          return new EventShape(keyed, settings.unavailable());
        });
  }

  /** The shape of a MongoDB event: its table's rows decide. */
  EventShape of(String table, MongoRows rows) {
    return byNames.computeIfAbsent(
        List.of(table, "mongodb"),
        shape -> new EventShape(withDeclaredKey(table, rows.schema()), settings.unavailable()));
  }

  /** How a table's MongoDB documents become rows. */
  MongoRows mongoRows(String table) {
    return mongoRows.computeIfAbsent(table, name -> new MongoRows(settings.columns(name)));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>(object.size());
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private EventSchema withDeclaredKey(String table, EventSchema schema) {
    List<String> declared = settings.key(table);
    if (declared.isEmpty()) {
      return schema;
    }
    List<Column> columns = new ArrayList<>();
    for (String name : declared) {
      schema.row().column(name).ifPresent(columns::add);
    }
    if (columns.size() < declared.size()) {
      throw new MissingKeyColumnException(declared, schema.row().names());
    }
    return new EventSchema(Optional.of(new RowSchema(columns)), schema.row());
  }

  /** The pipeline file declares a key column that the event's rows do not have. */
  static final class MissingKeyColumnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingKeyColumnException(List<String> declared, List<String> found) {
      super("the declared key %s is not among the columns %s".formatted(declared, found));
    }
  }
}
