package io.tidemark.ingest.registry;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.spec.SourceFormat;
import io.tidemark.ingest.decode.RejectedRecordException;
import io.tidemark.ingest.decode.WriterSchema;

/** What stands behind the id of a message. */
enum Encoding {
  AVRO(SourceFormat.DEBEZIUM_AVRO) {
    @Override
    MessageReader make(WriterSchema schema) {
      return MessageReader.Avro.of(schema);
    }
  },
  PROTOBUF(SourceFormat.DEBEZIUM_PROTOBUF) {
    @Override
    MessageReader make(WriterSchema schema) {
      return MessageReader.Protobuf.of(schema);
    }
  };

  private final SourceFormat format;

  Encoding(SourceFormat format) {
    this.format = format;
  }

  static Encoding of(SourceFormat format) {
    for (Encoding encoding : values()) {
      if (encoding.format == format) {
        return encoding;
      }
    }
    throw new IllegalArgumentException(format + " has no registry");
  }

  abstract MessageReader make(WriterSchema schema);

  /**
   * A reader of the schema's messages.
   *
   * @throws RejectedRecordException if the schema is of another kind, or cannot be understood
   */
  MessageReader reader(WriterSchema schema) {
    if (!schema.type().equals(name())) {
      throw new RejectedRecordException(
          null,
          DeadLetterReason.BAD_SCHEMA,
          "schema %d of the registry is of type %s, but 'source.format' is %s"
              .formatted(schema.id(), schema.type(), format.word()));
    }
    return SchemaCache.reader(schema, this::make);
  }

  /** The setting's word. */
  String word() {
    return format.word();
  }
}
