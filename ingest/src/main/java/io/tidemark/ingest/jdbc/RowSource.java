package io.tidemark.ingest.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.core.database.DatabaseType;
import io.tidemark.ingest.decode.PollSource;
import io.tidemark.ingest.jdbc.PolledRows.At;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose rows they are.
 *
 * @param topic what stands in the place of a topic in their origin
 * @param block the fields of their {@code source} block that are the same for all
 */
public record RowSource(String topic, Map<String, String> block) implements Serializable {
  /** Keeps a copy that can be serialized. */
  public RowSource {
    block = new LinkedHashMap<>(block);
  }

  /**
   * A table that is polled.
   *
   * @param database empty where a schema is a database
   */
  static RowSource polled(String database, String schema, String table) {
    Map<String, String> block = new LinkedHashMap<>();
    block.put("connector", PollSource.CONNECTOR);
    block.put("db", database.isEmpty() ? schema : database);
    List<String> name = new ArrayList<>(List.of(schema, table));
    if (!database.isEmpty()) {
      block.put("schema", schema);
      name.add(0, database);
    }
    block.put("table", table);
    return new RowSource(String.join(".", name), block);
  }

  /** The same rows from another origin. */
  public RowSource from(String otherTopic) {
    return new RowSource(otherTopic, block);
  }

  /** How values of a type are written, by default as Debezium's connectors do. */
  static JsonForm form(DatabaseType type) {
    return switch (type.kind()) {
      case BASE, ENUM, ARRAY -> PostgresForms.of(type);
      case MARIADB -> MariaDbForms.of(type);
      case STANDARD -> StandardForms.of(type);
    };
  }

  /** Writes the field {@code source}. */
  void write(JsonGenerator out, At at) throws IOException {
    out.writeObjectFieldStart("source");
    for (Map.Entry<String, String> field : block.entrySet()) {
      out.writeStringField(field.getKey(), field.getValue());
    }
    for (Map.Entry<String, Object> field : at.place().fields().entrySet()) {
      if (field.getValue() instanceof Number number) {
        out.writeNumberField(field.getKey(), number.longValue());
      } else {
        out.writeStringField(field.getKey(), field.getValue().toString());
      }
    }
    if (!at.snapshot().isEmpty()) {
      out.writeStringField("snapshot", at.snapshot());
    }
    out.writeNumberField("ts_us", at.micros());
    out.writeEndObject();
  }
}
