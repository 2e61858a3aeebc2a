package io.tidemark.ingest.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.ingest.avro.AvroReader;
import io.tidemark.ingest.decode.SchemaBlock;
import io.tidemark.ingest.decode.WriterSchema;

/** Reads the messages of one schema. Safe to share between threads. */
sealed interface MessageReader {

  /** The schema as Kafka Connect has it; always the same object. */
  SchemaBlock block();

  /**
   * The payload of a message.
   *
   * @param message the bytes, the frame included
   * @param start where the message begins behind magic byte and id
   * @throws io.tidemark.ingest.decode.RejectedRecordException if it is not of this schema
   */
  JsonNode payload(byte[] message, int start);

  /** Avro: the bytes behind the id are one datum. */
  record Avro(SchemaBlock block, AvroReader reader) implements MessageReader {
    static Avro of(WriterSchema schema) {
      AvroReader reader =
          AvroReader.of(
              schema.text(),
              schema.references().stream().map(WriterSchema.Reference::text).toList());
      return new Avro(SchemaBlock.of(reader.connectSchema()), reader);
    }

    @Override
    public JsonNode payload(byte[] message, int start) {
      return reader.read(message, start);
    }
  }
}
