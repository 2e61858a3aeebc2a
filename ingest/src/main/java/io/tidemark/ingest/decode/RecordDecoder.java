package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.SourceTable;
import io.tidemark.core.schema.JsonText;
import io.tidemark.core.schema.MongoRows;
import io.tidemark.core.schema.UndecodableValueException;
import io.tidemark.ingest.decode.Decoded.DeadLetter;
import io.tidemark.ingest.decode.Decoded.NotARow;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns Kafka records into changes, dead letters and known non-rows. Never fails on content: what
 * cannot be decoded is a dead letter. Not thread-safe: one per task.
 */
public final class RecordDecoder {
  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  /**
   * What the topic of rows begins with that were read again from a database. They are JSON,
   * whatever the format of the pipeline's events. It is behind all topics, so that they beat their
   * equals.
   */
  public static final String READ_AGAIN = "~backfill/";

  private final DecodeSettings settings;
  private final MessageParser keys;
  private final MessageParser values;
  private final MessageParser readKeys = MessageFormat.JSON.parser();
  private final MessageParser readValues = MessageFormat.JSON.parser();
  private final EventShapes shapes;
  private final FlattenedEvents flattened = new FlattenedEvents();
  private final OutboxEvents outboxes;

  /** A decoder for one task. */
  public RecordDecoder(DecodeSettings settings) {
    this.settings = settings;
    this.keys = settings.format().parser();
    this.values = settings.format().parser();
    this.shapes = new EventShapes(settings);
    this.outboxes = new OutboxEvents(settings);
  }

  /** What the record is. */
  public Decoded decode(RawRecord record) {
    if (record.value() == null) {
      return new NotARow(NotARow.Kind.TOMBSTONE);
    }
    try {
      Optional<String> outbox = outboxes.table(record.origin().topic());
      if (outbox.isPresent()) {
        return outbox(record, outbox.get());
      }
      return decodeValue(record, (isReadAgain(record) ? readValues : values).parse(record.value()));
    } catch (UndecodableValueException e) {
      return new DeadLetter(null, reason(e), "value: " + e.getMessage(), e.redacted().getMessage());
    } catch (RejectedRecordException e) {
      return new DeadLetter(e.table(), e.reason(), e.getMessage());
    }
  }

  private static boolean isReadAgain(RawRecord record) {
    return record.origin().topic().startsWith(READ_AGAIN);
  }

  private Decoded outbox(RawRecord record, String table) {
    Envelope envelope = outboxes.envelope(table, record, keys, values);
    return change(record, envelope.key(), envelope.value(), Operation.CREATE);
  }

  /**
   * The schemas that records since the last call were the first to need, and that the lake does not
   * have: they must be stored before the changes.
   */
  public List<WriterSchema> takeNewSchemas() {
    List<WriterSchema> ofValues = values.takeNewSchemas();
    List<WriterSchema> ofKeys = keys.takeNewSchemas();
    if (ofKeys.isEmpty()) {
      return ofValues;
    }
    return Stream.concat(ofValues.stream(), ofKeys.stream()).toList();
  }

  private Decoded decodeValue(RawRecord record, MessageParser.Message value) {
    JsonNode envelope = value.payload();
    if (!envelope.has("op") || !envelope.has("source")) {
      return withoutEnvelope(record, value);
    }
    Operation operation = operation(envelope);
    if (operation == Operation.MESSAGE) {
      return new NotARow(NotARow.Kind.MESSAGE);
    }
    return change(record, null, value, operation);
  }

  private Decoded withoutEnvelope(RawRecord record, MessageParser.Message value) {
    Optional<NotARow.Kind> kind = NonRows.kind(value.payload());
    if (kind.isPresent()) {
      return new NotARow(kind.get());
    }
    if (!FlattenedEvents.isOne(record, value.payload())) {
      throw new RejectedRecordException(
          null,
          DeadLetterReason.NOT_AN_ENVELOPE,
          "the value has no 'op' and 'source'; if a flattening transform"
              + " (ExtractNewRecordState) is set on the connector, remove it");
    }
    Envelope envelope = flattened.envelope(record, value);
    return change(record, null, envelope.value(), operation(envelope.value().payload()));
  }

  private static Operation operation(JsonNode envelope) {
    String code = envelope.get("op").asText();
    return Operation.ofCode(code)
        .orElseThrow(
            () ->
                new RejectedRecordException(
                    null,
                    DeadLetterReason.UNKNOWN_OPERATION,
                    "the operation '" + code + "' is none of r, c, u, d, t, m"));
  }

  /**
   * A change of a row.
   *
   * @param known the key, or null to take the record's
   */
  private Decoded change(
      RawRecord record,
      MessageParser.Message known,
      MessageParser.Message value,
      Operation operation) {
    JsonNode envelope = value.payload();
    SourceBlock source = SourceBlock.of(envelope.get("source"));
    SourceTable sourceTable = settings.identity(source.table().on(source.text("name")));
    String table = lakeTable(sourceTable);
    try {
      MongoRows documents =
          source instanceof MongoSource && !isRow(envelope) ? shapes.mongoRows(table) : null;
      JsonNode before = rowOrNull(envelope, "before", documents);
      JsonNode after = rowOrNull(envelope, "after", documents);
      if (after == null && operation != Operation.DELETE && operation != Operation.TRUNCATE) {
        throw new RejectedRecordException(
            table,
            DeadLetterReason.MISSING_AFTER,
            "operation " + operation.code() + " has no 'after'");
      }
      JsonNode row = operation == Operation.DELETE ? before : after;
      MessageParser.Message key = known != null ? known : key(record, table);
      EventShape shape =
          documents == null ? shape(table, key, value.block(), row) : shapes.of(table, documents);
      JsonNode keyValue = operation == Operation.TRUNCATE ? null : keyValue(table, key, row, shape);
      if (documents != null && keyValue != null && settings.key(table).isEmpty()) {
        keyValue = MongoRows.key(keyValue);
      }
      // An event that is a row of its own has the row before where there is none after.
      boolean ofBefore = after == null && settings.appendOnly().contains(table);
      shape.requireDecodable(keyValue, ofBefore ? before : after);
      SourceBlock.Placed placed = source.place(table, record.origin(), operation, settings.order());
      return new Decoded.Change(
          table,
          sourceTable,
          operation,
          keyValue == null ? null : JsonText.canonicalKey(keyValue),
          before == null ? null : JsonText.compact(before),
          after == null ? null : JsonText.compact(after),
          JsonText.compact(envelope.get("source")),
          placed.position(),
          source.time(envelope),
          source.transaction(envelope),
          shape.schema(),
          placed.mark());
    } catch (UndecodableValueException e) {
      return new DeadLetter(table, reason(e), e.getMessage(), e.redacted().getMessage());
    } catch (EventShapes.MissingKeyColumnException e) {
      return new DeadLetter(table, DeadLetterReason.BAD_KEY, e.getMessage());
    } catch (RejectedRecordException e) {
      return new DeadLetter(table, e.reason(), e.getMessage());
    }
  }

  private EventShape shape(
      String table, MessageParser.Message key, SchemaBlock valueBlock, JsonNode row) {
    if (valueBlock != null) {
      return shapes.of(table, key == null ? null : key.block(), valueBlock);
    }
    return shapes.of(table, key == null ? null : key.payload(), row);
  }

  private MessageParser.Message key(RawRecord record, String table) {
    if (record.key() == null || !settings.key(table).isEmpty()) {
      return null;
    }
    try {
      MessageParser.Message key = (isReadAgain(record) ? readKeys : keys).parse(record.key());
      return key.payload().isNull() ? null : key;
    } catch (UndecodableValueException e) {
      throw new RejectedRecordException(table, DeadLetterReason.BAD_JSON, "key: " + e.getMessage());
    } catch (RejectedRecordException e) {
      throw e.in(table, "key");
    }
  }

  private JsonNode keyValue(
      String table, MessageParser.Message key, JsonNode row, EventShape shape) {
    List<String> declared = settings.key(table);
    if (!declared.isEmpty()) {
      return declaredKey(table, declared, row);
    }
    if (key == null && settings.appendOnly().contains(table)) {
      return null;
    }
    if (key == null) {
      throw new RejectedRecordException(
          table,
          DeadLetterReason.MISSING_KEY,
          "the record has no key; give the source table a primary key, or declare 'tables.%s.key',"
                  .formatted(table)
              + " or 'tables.%s.append-only: true' to have every change as a row of its own"
                  .formatted(table));
    }
    if (!key.payload().isObject() || shape.schema().key().isEmpty()) {
      throw new RejectedRecordException(
          table,
          DeadLetterReason.BAD_KEY,
          "the key is no object with named columns, or lacks the schema block that the value has");
    }
    return key.payload();
  }

  private static JsonNode declaredKey(String table, List<String> declared, JsonNode row) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (String column : declared) {
      JsonNode value = row == null ? null : row.get(column);
      if (value == null || value.isNull()) {
        throw new RejectedRecordException(
            table,
            DeadLetterReason.MISSING_KEY,
            "the declared key column '" + column + "' is null");
      }
      key.set(column, value);
    }
    return key;
  }

  private String lakeTable(SourceTable source) {
    String table = settings.lakeTable(source);
    if (!TABLE_NAME.matcher(table).matches()) {
      throw new RejectedRecordException(
          null,
          DeadLetterReason.BAD_TABLE_NAME,
          "the source table '%s' cannot name a lake table; declare one under 'tables' with 'source: %s'"
              .formatted(source, source));
    }
    if (settings.combined().contains(table)) {
      throw new RejectedRecordException(
          null,
          DeadLetterReason.BAD_TABLE_NAME,
          "the source table '%s' is none of the sources of table '%s'; add it to 'tables.%s.sources'"
              .formatted(source.qualified(), table, table));
    }
    return table;
  }

  /** MongoDB's connector writes texts; rows of columns come from transforms behind it. */
  private static boolean isRow(JsonNode envelope) {
    return envelope.path("after").isObject() || envelope.path("before").isObject();
  }

  private static JsonNode rowOrNull(JsonNode envelope, String field, MongoRows documents) {
    return documents == null
        ? objectOrNull(envelope, field)
        : documents.row(envelope.path(field)).orElse(null);
  }

  private static JsonNode objectOrNull(JsonNode envelope, String field) {
    JsonNode value = envelope.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isObject()) {
      throw new RejectedRecordException(
          null, DeadLetterReason.NOT_AN_ENVELOPE, "'" + field + "' is no object");
    }
    return value;
  }

  private static DeadLetterReason reason(UndecodableValueException e) {
    return switch (e.code()) {
      case BAD_JSON -> DeadLetterReason.BAD_JSON;
      case BAD_SCHEMA -> DeadLetterReason.BAD_SCHEMA;
      default -> DeadLetterReason.BAD_VALUE;
    };
  }
}
