package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.UndecodableValueException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.regex.Pattern;

/**
 * Events of the transform {@code EventRouter} (Debezium documentation: Outbox Event Router): the
 * payload is the value, the aggregate's id the key, the event's id the header {@code id}, and what
 * else is placed there stands in further headers. Each becomes the insert of one row, whose key is
 * the event's id, so that an event that comes again changes nothing. Not thread-safe: one per task.
 */
final class OutboxEvents {
  static final String ID = "event_id";
  static final String TIME = "event_time";

  private static final String AGGREGATE = "aggregate_id";
  private static final String PAYLOAD = "payload";
  private static final String ID_HEADER = "id";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final DecodeSettings settings;
  private final Map<String, Optional<String>> tables = new HashMap<>();
  private final Map<SchemaBlock, Map<List<String>, SchemaBlock>> blocks = new WeakHashMap<>();
  private final SchemaBlock key = SchemaBlock.of(struct(NODES.arrayNode().add(text(ID, false))));

  OutboxEvents(DecodeSettings settings) {
    this.settings = settings;
  }

  /** The table whose rows are the events of a topic. */
  Optional<String> table(String topic) {
    if (settings.outboxes().isEmpty()) {
      return Optional.empty();
    }
    return tables.computeIfAbsent(
        topic,
        name ->
            settings.outboxes().entrySet().stream()
                .filter(outbox -> Pattern.matches(outbox.getKey(), name))
                .map(Map.Entry::getValue)
                .findFirst());
  }

  /**
   * The insert of an event.
   *
   * @param keys parses the record's key, the aggregate's id
   * @param values parses the record's value, the payload
   * @throws RejectedRecordException if it has no id, or two columns of one name
   */
  Envelope envelope(String table, RawRecord record, MessageParser keys, MessageParser values) {
    MessageParser.Message value = parsed(values, record.value());
    Map<String, String> headers = new TreeMap<>(record.headers().get());
    String id = headers.remove(ID_HEADER);
    headers.keySet().removeIf(name -> name.startsWith("__"));
    if (id == null) {
      throw new RejectedRecordException(
          table,
          DeadLetterReason.MISSING_KEY,
          "the outbox event has no header 'id'; is its topic one of the transform EventRouter?");
    }
    Instant time = record.time() == null ? Instant.EPOCH : record.time();
    ObjectNode row = NODES.objectNode().put(ID, id).put(AGGREGATE, aggregate(record, keys));
    row.put(TIME, time.toString());
    headers.forEach(row::put);
    add(table, payload(table, value), row);
    ObjectNode envelope = NODES.objectNode().put("op", "c");
    envelope.set("after", row);
    envelope
        .putObject("source")
        .put("connector", OutboxSource.CONNECTOR)
        .put("schema", OutboxSource.CONNECTOR)
        .put("table", table)
        .put("ts_ms", time.toEpochMilli());
    SchemaBlock block =
        value.block() == null ? null : block(value.block(), List.copyOf(headers.keySet()));
    return new Envelope(
        new MessageParser.Message(block == null ? null : key, NODES.objectNode().put(ID, id)),
        new MessageParser.Message(block, envelope));
  }

  private static String aggregate(RawRecord record, MessageParser keys) {
    if (record.key() == null) {
      return null;
    }
    JsonNode id = parsed(keys, record.key()).payload();
    if (id.isNull()) {
      return null;
    }
    return id.isValueNode() ? id.asText() : JsonText.compact(id);
  }

  /** Keys and payloads may be plain text, which Connect's StringConverter writes. */
  private static MessageParser.Message parsed(MessageParser parser, byte[] bytes) {
    try {
      return parser.parse(bytes);
    } catch (UndecodableValueException e) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
        throw e; // Neither text nor JSON: nothing of it may be guessed.
      }
      return new MessageParser.Message(null, NODES.textNode(text));
    }
  }

  /** The payload as the fields of an object. */
  private JsonNode payload(String table, MessageParser.Message value) {
    JsonNode payload = value.payload();
    boolean expands = value.block() == null && settings.columns(table).size() > 1;
    if (payload.isTextual() && expands) {
      payload = expanded(table, payload.textValue());
    }
    return payload.isObject() && (value.block() == null || isStruct(value.block()))
        ? payload
        : NODES.objectNode().set(PAYLOAD, payload);
  }

  /** Declared columns promise an object, even if the converter wrote it as text. */
  private static JsonNode expanded(String table, String text) {
    try {
      return JsonText.parse(text);
    } catch (UndecodableValueException e) {
      throw new RejectedRecordException(
          table,
          DeadLetterReason.BAD_JSON,
          "the payload is no JSON, although 'tables." + table + ".columns' declares its fields");
    }
  }

  private static void add(String table, JsonNode payload, ObjectNode row) {
    payload
        .fields()
        .forEachRemaining(
            field -> {
              if (row.replace(field.getKey(), field.getValue()) != null) {
                throw new RejectedRecordException(
                    table,
                    DeadLetterReason.BAD_SCHEMA,
                    "the payload's field '%s' has the name of a column that the event has itself"
                        .formatted(field.getKey()));
              }
            });
  }

  private static boolean isStruct(SchemaBlock block) {
    return block.schema().path("type").asText().equals("struct");
  }

  private SchemaBlock block(SchemaBlock payload, List<String> headers) {
    return blocks
        .computeIfAbsent(payload, block -> new HashMap<>())
        .computeIfAbsent(headers, names -> enclosing(payload, names));
  }

  private static SchemaBlock enclosing(SchemaBlock payload, List<String> headers) {
    ArrayNode columns = NODES.arrayNode().add(text(ID, false)).add(text(AGGREGATE, true));
    columns.add(text(TIME, false).put("name", "io.debezium.time.ZonedTimestamp"));
    headers.forEach(name -> columns.add(text(name, true)));
    if (isStruct(payload)) {
      payload.schema().path("fields").forEach(columns::add);
    } else {
      columns.add(payload.schema().<ObjectNode>deepCopy().put("field", PAYLOAD));
    }
    ObjectNode after = struct(columns).put("field", "after");
    return SchemaBlock.of(struct(NODES.arrayNode().add(after)));
  }

  private static ObjectNode struct(ArrayNode fields) {
    ObjectNode struct = NODES.objectNode().put("type", "struct").put("optional", false);
    struct.set("fields", fields);
    return struct;
  }

  private static ObjectNode text(String name, boolean optional) {
    return NODES.objectNode().put("type", "string").put("optional", optional).put("field", name);
  }
}
