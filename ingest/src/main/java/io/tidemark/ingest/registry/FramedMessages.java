package io.tidemark.ingest.registry;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.ingest.decode.MessageParser;
import io.tidemark.ingest.decode.RejectedRecordException;
import io.tidemark.ingest.decode.WriterSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Splits messages of the Confluent wire format and reads them with the schema they name. */
final class FramedMessages implements MessageParser {
  private static final int HEADER = 5;

  private final Encoding encoding;
  private final RegistryAddress registry;
  private final Map<Integer, WriterSchema> stored;
  private final Map<Integer, MessageReader> readers = new HashMap<>();
  // Asking again for each of a million records would help nobody.
  private final Map<Integer, RejectedRecordException> refused = new HashMap<>();
  private final List<WriterSchema> added = new ArrayList<>();

  FramedMessages(Encoding encoding, RegistryAddress registry, Map<Integer, WriterSchema> stored) {
    this.encoding = encoding;
    this.registry = registry;
    this.stored = stored;
  }

  @Override
  public Message parse(byte[] message) {
    return reader(id(message)).read(message, HEADER);
  }

  @Override
  public List<WriterSchema> takeNewSchemas() {
    if (added.isEmpty()) {
      return List.of();
    }
    List<WriterSchema> taken = List.copyOf(added);
    added.clear();
    return taken;
  }

  private int id(byte[] message) {
    if (message.length >= HEADER && message[0] == 0) {
      return ByteBuffer.wrap(message).getInt(1);
    }
    boolean json = message.length > 0 && (message[0] == '{' || message[0] == '"');
    throw new RejectedRecordException(
        null,
        DeadLetterReason.NOT_FRAMED,
        "the bytes do not begin with 0 and a schema id, as %s does%s"
            .formatted(encoding.word(), json ? "; they look like JSON" : ""));
  }

  private MessageReader reader(int id) {
    MessageReader known = readers.get(id);
    if (known != null) {
      return known;
    }
    RejectedRecordException before = refused.get(id);
    if (before != null) {
      throw before;
    }
    try {
      MessageReader made = make(id);
      readers.put(id, made);
      return made;
    } catch (RejectedRecordException e) {
      refused.put(id, e);
      throw e;
    }
  }

  private MessageReader make(int id) {
    WriterSchema inLake = stored.get(id);
    if (inLake != null) {
      return encoding.reader(inLake);
    }
    Optional<WriterSchema> fetched = SchemaCache.schema(registry, id);
    if (fetched.isEmpty()) {
      throw new RejectedRecordException(
          null, DeadLetterReason.UNKNOWN_SCHEMA_ID, unknown(Integer.toUnsignedString(id)));
    }
    MessageReader reader = encoding.reader(fetched.get());
    added.add(fetched.get());
    return reader;
  }

  /** Apicurio's own frame has an id of eight bytes, of which the first four are zero. */
  private String unknown(String id) {
    return "the registry %s has no schema of id %s%s"
        .formatted(
            registry,
            id,
            id.equals("0")
                ? "; if Apicurio's converter wrote it, set apicurio.registry.as-confluent=true"
                : "");
  }
}
