package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.event.log.OriginOnly;

/**
 * Of outbox events, whose router leaves nothing of the log: {@link OutboxEvents} makes the block.
 */
final class OutboxSource extends SourceBlock {
  /** The connector's name in the block. */
  static final String CONNECTOR = "outbox";

  OutboxSource(JsonNode source) {
    super(source);
  }

  @Override
  LogPosition log() {
    return new OriginOnly();
  }

  @Override
  String transaction() {
    return null;
  }
}
