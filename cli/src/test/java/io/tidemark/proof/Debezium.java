package io.tidemark.proof;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.proof.SourceEvent.Kind;
import io.tidemark.proof.TableLife.Layout.Before;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes events as Debezium's PostgreSQL connector and Connect's JsonConverter do (Debezium
 * documentation, PostgreSQL connector, "Data change events"). Made for one table; keeps the
 * schemas' texts.
 */
final class Debezium {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What stands for values that were not logged. */
  private static final String PLACEHOLDER = "__debezium_unavailable_value";

  private final TableLife life;
  private final Map<SourceEvent, String> markers;
  private final Map<Integer, String> schemas = new HashMap<>();

  /**
   * A writer.
   *
   * @param markers {@code first} and {@code last} for the rows with which snapshots begin and end
   */
  Debezium(TableLife life, Map<SourceEvent, String> markers) {
    this.life = life;
    this.markers = markers;
  }

  /** The record's key, or null for a truncate. */
  String key(SourceEvent event) {
    return event.key() == null ? null : key(event.key());
  }

  private String key(Key key) {
    String payload = keyNode(key).toString();
    return life.layout().schemas()
        ? "{\"schema\":{\"type\":\"struct\",\"fields\":[%s],\"optional\":false,\"name\":\"%s.Key\"},\"payload\":%s}"
            .formatted(life.key().connectFields(), life.topic(), payload)
        : payload;
  }

  private ObjectNode keyNode(Key key) {
    ObjectNode node = JSON.objectNode();
    life.key().cells(key).forEach((column, cell) -> node.set(column, cell.json()));
    return node;
  }

  /** The headers: the other key, where the key changed. */
  Map<String, String> headers(SourceEvent event) {
    String name = event.kind() == Kind.DELETE ? "__debezium.newkey" : "__debezium.oldkey";
    return event.moved().map(other -> Map.of(name, key(other))).orElse(Map.of());
  }

  /** The record's value. */
  String value(SourceEvent event) {
    return framed(event.version(), envelope(event));
  }

  /** An envelope with the table's schema, if its events have one. */
  String framed(int version, ObjectNode envelope) {
    return life.layout().schemas()
        ? "{\"schema\":%s,\"payload\":%s}"
            .formatted(schemas.computeIfAbsent(version, this::schema), envelope)
        : envelope.toString();
  }

  ObjectNode envelope(SourceEvent event) {
    ObjectNode envelope = JSON.objectNode();
    envelope.set("before", before(event));
    envelope.set("after", event.after() == null ? JSON.nullNode() : row(event, event.after()));
    envelope.set("source", source(event));
    envelope.putNull("transaction");
    envelope.put("op", event.kind().code());
    envelope.put("ts_ms", event.time().plusSeconds(1).toEpochMilli());
    return envelope;
  }

  private com.fasterxml.jackson.databind.JsonNode before(SourceEvent event) {
    boolean changed = event.kind() == Kind.UPDATE || event.kind() == Kind.DELETE;
    if (changed && event.before() != null) {
      return row(event, event.before());
    }
    boolean keyOnly = event.kind() == Kind.DELETE && life.layout().before() == Before.KEY;
    if (keyOnly || event.kind() == Kind.BACKFILL_GONE) {
      ObjectNode row = keyNode(event.key());
      life.fields(event.version()).forEach(field -> row.putNull(field.column()));
      return row;
    }
    return JSON.nullNode();
  }

  private ObjectNode row(SourceEvent event, Map<String, Cell> cells) {
    ObjectNode row = keyNode(event.key());
    for (Field field : life.fields(event.version())) {
      Cell cell = cells.get(field.column());
      row.set(
          field.column(), cell == Cell.UNAVAILABLE ? field.placeholder(PLACEHOLDER) : cell.json());
    }
    return row;
  }

  private ObjectNode source(SourceEvent event) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, event.time());
    ObjectNode source = JSON.objectNode();
    source.put("version", "3.5.0.Final").put("connector", "postgresql").put("name", "shop");
    source.put("ts_ms", micros / 1000).put("snapshot", snapshot(event)).put("db", "shop");
    source.put("sequence", "[null,\"%d\"]".formatted(event.position()));
    source.put("schema", "public").put("table", life.name());
    source.put("txId", event.position() >> 10).put("lsn", event.position()).putNull("xmin");
    return source.put("ts_us", micros).put("ts_ns", micros * 1000);
  }

  private String snapshot(SourceEvent event) {
    return switch (event.kind()) {
      case SNAPSHOT -> markers.getOrDefault(event, "true");
      case INCREMENTAL, BACKFILL, BACKFILL_GONE -> "incremental";
      case CREATE, UPDATE, DELETE, TRUNCATE -> "false";
    };
  }

  private String schema(int version) {
    String columns =
        life.key().connectFields()
            + ","
            + life.fields(version).stream().map(Field::connectSchema).collect(joining(","));
    String row =
        "{\"type\":\"struct\",\"fields\":["
            + columns
            + ("],\"optional\":true,\"name\":\"" + life.topic() + ".Value\",\"field\":\"");
    return "{\"type\":\"struct\",\"fields\":["
        + String.join(
            ",",
            List.of(
                row + "before\"}",
                row + "after\"}",
                "{\"type\":\"string\",\"optional\":false,\"field\":\"op\"}"))
        + ("],\"optional\":false,\"name\":\"" + life.topic() + ".Envelope\",\"version\":2}");
  }
}
