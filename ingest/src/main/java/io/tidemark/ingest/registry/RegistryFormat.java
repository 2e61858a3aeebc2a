package io.tidemark.ingest.registry;

import io.tidemark.core.spec.SourceFormat;
import io.tidemark.core.spec.SourceSpec;
import io.tidemark.ingest.decode.MessageFormat;
import io.tidemark.ingest.decode.MessageParser;
import java.util.Map;

/**
 * Messages in the Confluent wire format: the byte 0, the schema's id as four bytes with the highest
 * first, then the message (Confluent documentation: wire format).
 */
public final class RegistryFormat implements MessageFormat {
  private static final long serialVersionUID = 1L;

  private final Encoding encoding;
  private final RegistryAddress registry;
  private final StoredSchemas stored;

  private RegistryFormat(Encoding encoding, RegistryAddress registry, StoredSchemas stored) {
    this.encoding = encoding;
    this.registry = registry;
    this.stored = stored;
  }

  /** The format that a source is declared to have. */
  public static MessageFormat of(SourceSpec source) {
    if (source.format() == SourceFormat.DEBEZIUM_JSON) {
      return MessageFormat.JSON;
    }
    return new RegistryFormat(
        Encoding.of(source.format()),
        new RegistryAddress(source.registry().orElseThrow()),
        Map::of);
  }

  @Override
  public MessageParser parser() {
    return new FramedMessages(encoding, registry, stored.get());
  }

  @Override
  public boolean needsSchemas() {
    return true;
  }

  @Override
  public MessageFormat knowing(StoredSchemas schemas) {
    return new RegistryFormat(encoding, registry, schemas);
  }
}
