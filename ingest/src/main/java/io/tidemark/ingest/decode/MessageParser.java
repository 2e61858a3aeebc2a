package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Turns the bytes of a record's key or value into a schema block and a payload, both as Kafka
 * Connect's JsonConverter would have written them, so that everything behind is the same for every
 * format. Not thread-safe: one for the keys and one for the values of each task.
 */
public interface MessageParser {

  /**
   * A parsed message.
   *
   * @param block the schema, or null if the message has none
   * @param payload the payload
   */
  record Message(SchemaBlock block, JsonNode payload) {}

  /**
   * Parses one message.
   *
   * @throws io.tidemark.core.schema.UndecodableValueException if it is not one JSON document
   * @throws RejectedRecordException if it is not written in this format, or its schema is unknown
   *     or of no use
   */
  Message parse(byte[] message);

  /**
   * The schemas that messages since the last call were the first to need, and that the lake does
   * not have: they must be stored before what was parsed.
   */
  default List<WriterSchema> takeNewSchemas() {
    return List.of();
  }
}
