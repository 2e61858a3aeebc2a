package io.tidemark.ingest.registry;

import io.tidemark.ingest.avro.AvroReader;
import io.tidemark.ingest.decode.MessageParser;
import io.tidemark.ingest.decode.SchemaBlock;
import io.tidemark.ingest.decode.WriterSchema;
import io.tidemark.ingest.protobuf.ProtobufReader;
import java.util.List;

/** Reads the messages of one schema. Safe to share between threads. */
sealed interface MessageReader {

  /**
   * Schema and payload of a message; messages of one type have one schema object.
   *
   * @param message the bytes, the frame included
   * @param start where the message begins behind magic byte and id
   * @throws io.tidemark.ingest.decode.RejectedRecordException if it is not of this schema
   */
  MessageParser.Message read(byte[] message, int start);

  private static List<String> references(WriterSchema schema) {
    return schema.references().stream().map(WriterSchema.Reference::text).toList();
  }

  /** Avro: the bytes behind the id are one datum. */
  record Avro(SchemaBlock block, AvroReader reader) implements MessageReader {
    static Avro of(WriterSchema schema) {
      AvroReader reader = AvroReader.of(schema.text(), references(schema));
      return new Avro(SchemaBlock.of(reader.connectSchema()), reader);
    }

    @Override
    public MessageParser.Message read(byte[] message, int start) {
      return new MessageParser.Message(block, reader.read(message, start));
    }
  }

  /** Protobuf: the bytes behind the id tell the type of the message first. */
  record Protobuf(ProtobufReader reader) implements MessageReader {
    static Protobuf of(WriterSchema schema) {
      return new Protobuf(ProtobufReader.of(schema.text(), references(schema)));
    }

    @Override
    public MessageParser.Message read(byte[] message, int start) {
      return reader.read(message, start);
    }
  }
}
