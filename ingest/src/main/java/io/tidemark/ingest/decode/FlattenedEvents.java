package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.event.DeadLetterReason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Events that the transform {@code ExtractNewRecordState} made of envelopes: the row, and what
 * {@code add.fields} or {@code add.headers} kept of the rest under names that start with {@code __}
 * (Debezium documentation: New Record State Extraction). Not thread-safe: one per task.
 *
 * <p>They are taken only if they can be put in order and no delete can be missing: with operation
 * and position, and with deletes rewritten ({@code __deleted}): otherwise the transform makes them
 * tombstones, which keep neither, not even in their headers.
 */
final class FlattenedEvents {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String PREFIX = "__";
  private static final String OF_SOURCE = "source_";
  private static final String OPERATION = "op";
  private static final String DELETED = "deleted";

  /**
   * What the transform can add besides {@code source_}: fields of envelope, source, transaction.
   */
  private static final Set<String> KNOWN =
      Set.of(
          OPERATION,
          DELETED,
          "ts_ms",
          "ts_us",
          "ts_ns",
          "connector",
          "version",
          "name",
          "snapshot",
          "db",
          "schema",
          "table",
          "collection",
          "sequence",
          "txId",
          "lsn",
          "xmin",
          "server_id",
          "gtid",
          "file",
          "pos",
          "row",
          "thread",
          "query",
          "change_lsn",
          "commit_lsn",
          "event_serial_no",
          "scn",
          "commit_scn",
          "lcr_position",
          "rs_id",
          "ssn",
          "redo_thread",
          "user_name",
          "row_id",
          "ord",
          "lsid",
          "txnNumber",
          "wallTime",
          "tord",
          "stxnid",
          "transaction_id",
          "transaction_total_order",
          "transaction_data_collection_order");

  private static final Set<String> OF_ENVELOPE = Set.of("ts_ms", "ts_us", "ts_ns");
  private static final List<String> POSITIONS =
      List.of("lsn", "sequence", "pos", "commit_lsn", "change_lsn", "scn", "commit_scn", "ord");

  private final Map<SchemaBlock, SchemaBlock> blocks = new WeakHashMap<>();

  /** Whether a value without envelope is a row with something of its envelope beside it. */
  static boolean isOne(RawRecord record, JsonNode payload) {
    if (!payload.isObject()) {
      return false;
    }
    for (var names = payload.fieldNames(); names.hasNext(); ) {
      if (isAdded(names.next())) {
        return true;
      }
    }
    return record.headers().get().containsKey(PREFIX + OPERATION);
  }

  private static boolean isAdded(String field) {
    if (!field.startsWith(PREFIX)) {
      return false;
    }
    String name = field.substring(PREFIX.length());
    return KNOWN.contains(name) || name.startsWith(OF_SOURCE);
  }

  /**
   * The envelope of a row.
   *
   * @throws RejectedRecordException if it has lost its operation or position, or deletes are lost
   */
  Envelope envelope(RawRecord record, MessageParser.Message value) {
    ObjectNode row = NODES.objectNode();
    ObjectNode added = headers(record);
    value
        .payload()
        .fields()
        .forEachRemaining(
            field -> {
              if (isAdded(field.getKey())) {
                added.set(field.getKey().substring(PREFIX.length()), field.getValue());
              } else {
                row.set(field.getKey(), field.getValue());
              }
            });
    String operation = added.path(OPERATION).asText("");
    if (operation.isEmpty() || added.path(OPERATION).isNull()) {
      throw lost(record, "has no '__op'");
    }
    if (!added.has(DELETED)) {
      throw lost(record, "has no '__deleted', so that deletes are dropped");
    }
    boolean deleted = added.path(DELETED).asText("").equals("true") || operation.equals("d");
    ObjectNode envelope = wrapped(record, added, deleted ? "d" : operation);
    envelope.set(deleted ? "before" : "after", row);
    return new Envelope(null, new MessageParser.Message(block(value.block()), envelope));
  }

  private static ObjectNode wrapped(RawRecord record, ObjectNode added, String operation) {
    ObjectNode envelope = NODES.objectNode().put(OPERATION, operation);
    ObjectNode source = envelope.putObject("source");
    added
        .fields()
        .forEachRemaining(
            field -> {
              String name = field.getKey();
              if (OF_ENVELOPE.contains(name)) {
                envelope.set(name, field.getValue());
              } else if (name.equals("transaction_id")) {
                envelope.putObject("transaction").set("id", field.getValue());
              } else if (!name.equals(OPERATION) && !name.equals(DELETED)) {
                boolean ofSource = name.startsWith(OF_SOURCE);
                source.set(ofSource ? name.substring(OF_SOURCE.length()) : name, field.getValue());
              }
            });
    if (POSITIONS.stream().noneMatch(source::hasNonNull)) {
      throw lost(record, "has no position of its source's log, such as '__lsn'");
    }
    complete(source, record.origin().topic());
    return envelope;
  }

  /** What {@code add.headers} kept; numbers are text in headers. */
  private static ObjectNode headers(RawRecord record) {
    ObjectNode added = NODES.objectNode();
    record
        .headers()
        .get()
        .forEach(
            (name, text) -> {
              if (isAdded(name)) {
                String field = name.substring(PREFIX.length());
                if (text.matches("[0-9]{1,18}")) {
                  added.put(field, Long.parseLong(text));
                } else {
                  added.put(field, text);
                }
              }
            });
    return added;
  }

  /** What was not added can be told from the other fields, or from the topic's usual name. */
  private static void complete(ObjectNode source, String topic) {
    if (!source.hasNonNull("connector")) {
      source.put("connector", connector(source));
    }
    boolean mongo = source.get("connector").asText().equals("mongodb");
    String named = mongo ? "collection" : "table";
    String above = source.has("pos") || mongo ? "db" : "schema";
    String[] parts = topic.split("\\.", -1);
    String last = parts[parts.length - 1];
    if (!source.hasNonNull(named)) {
      source.put(named, last);
    }
    boolean usual = parts.length > 2 && source.get(named).asText().equals(last);
    if (usual && !source.hasNonNull(above)) {
      source.put(above, parts[parts.length - 2]);
    }
  }

  private static String connector(ObjectNode source) {
    if (source.hasNonNull("pos")) {
      return "mysql";
    }
    if (source.hasNonNull("change_lsn") || source.hasNonNull("commit_lsn")) {
      return "sqlserver";
    }
    if (source.hasNonNull("scn") || source.hasNonNull("commit_scn")) {
      return "oracle";
    }
    return source.hasNonNull("ord") ? "mongodb" : "postgresql";
  }

  private SchemaBlock block(SchemaBlock row) {
    return row == null ? null : blocks.computeIfAbsent(row, FlattenedEvents::enclosing);
  }

  /** The schema of an envelope with this row, without what was added to it. */
  private static SchemaBlock enclosing(SchemaBlock row) {
    ObjectNode after = row.schema().deepCopy();
    ArrayNode kept = NODES.arrayNode();
    row.schema()
        .path("fields")
        .forEach(
            field -> {
              if (!isAdded(field.path("field").asText())) {
                kept.add(field);
              }
            });
    after.put("field", "after").set("fields", kept);
    ObjectNode envelope = NODES.objectNode().put("type", "struct");
    envelope.putArray("fields").add(after);
    return SchemaBlock.of(envelope);
  }

  private static RejectedRecordException lost(RawRecord record, String what) {
    String topic = record.origin().topic();
    return new RejectedRecordException(
        topic.matches("(?:.*\\.)?[A-Za-z][A-Za-z0-9_]*")
            ? topic.substring(topic.lastIndexOf('.') + 1)
            : null,
        DeadLetterReason.FLATTENED_WITHOUT_POSITION,
        "the flattened event "
            + what
            + "; remove the transform ExtractNewRecordState from the connector, or set its"
            + " add.fields=op,table,lsn,source.ts_ms (or your connector's position) and"
            + " delete.tombstone.handling.mode=rewrite");
  }
}
