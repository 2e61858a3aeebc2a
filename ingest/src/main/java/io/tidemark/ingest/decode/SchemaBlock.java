package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/**
 * A {@code schema} block as Kafka Connect's JsonConverter writes it; in JSON it is met once and
 * recognised again by the bytes in front of the payload. Compared by identity.
 */
@SuppressWarnings("ArrayRecordComponent")
public final class SchemaBlock {
  private final JsonNode schema;
  private final byte[] prefix;

  SchemaBlock(JsonNode schema, byte[] prefix) {
    this.schema = schema;
    this.prefix = prefix;
  }

  /** The schema of messages that name it in another way than by repeating it. */
  public static SchemaBlock of(JsonNode schema) {
    return new SchemaBlock(schema, new byte[0]);
  }

  /** The schema. */
  public JsonNode schema() {
    return schema;
  }

  /** Where the payload begins in a message that {@link #opens} it. */
  int length() {
    return prefix.length;
  }

  /** Whether the message begins with exactly this block. */
  boolean opens(byte[] message) {
    return message.length > prefix.length
        && Arrays.equals(message, 0, prefix.length, prefix, 0, prefix.length);
  }
}
