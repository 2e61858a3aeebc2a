package io.tidemark.merge.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.Position.Phase;
import io.tidemark.core.schema.Column;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A source table at one time: makes changes of it from rows in JSON, in which a single quote may
 * stand for a double one.
 *
 * @param key the key's columns
 * @param schema of its events
 */
public record Shape(List<String> key, EventSchema schema) {

  /** A table with columns {@code "name type"} or {@code "name: type"}; the first is the key. */
  public static Shape of(String... columns) {
    return keyed(1, columns);
  }

  /** A table of such columns; the first ones are the key. */
  public static Shape keyed(int keyColumns, String... columns) {
    List<Column> row = new ArrayList<>();
    for (String column : columns) {
      int colon = column.indexOf(": ");
      boolean ofName = colon >= 0 && column.lastIndexOf('<', colon) < 0;
      int end = ofName ? colon : column.indexOf(' ');
      String name = column.substring(0, end);
      String type = column.substring(end + 1).strip();
      row.add(new Column(name, ColumnDeclaration.parse(type), true, null));
    }
    RowSchema key = new RowSchema(row.subList(0, keyColumns));
    return new Shape(key.names(), new EventSchema(Optional.of(key), new RowSchema(row)));
  }

  /**
   * The same table with a further column.
   *
   * @param fallback its default in JSON; null if it has none
   */
  public Shape with(ColumnDeclaration type, String name, String fallback) {
    List<Column> row = new ArrayList<>(schema.row().columns());
    String defaultJson = fallback == null ? null : JsonText.compact(json(fallback));
    row.add(new Column(name, type, true, defaultJson));
    return new Shape(key, new EventSchema(schema.key(), new RowSchema(row)));
  }

  /** The same table as the events without a key, such as truncates, describe it. */
  public EventSchema keyless() {
    return new EventSchema(Optional.empty(), schema.row());
  }

  /** A row as a snapshot at the position read it. */
  public Change read(long lsn, String row) {
    return change(Operation.READ, lsn, row, Phase.SNAPSHOT);
  }

  /** An inserted row. */
  public Change create(long lsn, String row) {
    return change(Operation.CREATE, lsn, row, Phase.STREAM);
  }

  /** A row as it is after an update. */
  public Change update(long lsn, String row) {
    return change(Operation.UPDATE, lsn, row, Phase.STREAM);
  }

  /** The delete of a key. */
  public Change delete(long lsn, String keyJson) {
    return new Change("d", keyOf(json(keyJson)), null, lsn, Phase.STREAM, schema);
  }

  /** The end of all rows. */
  public Change truncate(long lsn) {
    return new Change("t", null, null, lsn, Phase.STREAM, keyless());
  }

  private Change change(Operation operation, long lsn, String row, Phase phase) {
    JsonNode after = json(row);
    return new Change(operation.code(), keyOf(after), JsonText.compact(after), lsn, phase, schema);
  }

  private String keyOf(JsonNode row) {
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    key.forEach(column -> found.set(column, row.get(column)));
    return JsonText.canonicalKey(found);
  }

  /** The JSON in which single quotes stand for double ones, unless it has double ones. */
  public static JsonNode json(String text) {
    return JsonText.parse(text.indexOf('"') >= 0 ? text : text.replace('\'', '"'));
  }
}
