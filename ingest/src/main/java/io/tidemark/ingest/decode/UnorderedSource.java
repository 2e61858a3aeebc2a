package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.log.LogPosition;

/** Of a connector whose changes this version cannot put in order. */
final class UnorderedSource extends SourceBlock {

  UnorderedSource(JsonNode source) {
    super(source);
  }

  @Override
  LogPosition log() {
    throw new RejectedRecordException(
        null,
        DeadLetterReason.UNSUPPORTED_CONNECTOR,
        "changes of the connector '"
            + text("connector")
            + "' cannot be put in order; known: postgresql, mysql, mariadb, sqlserver, oracle,"
            + " mongodb");
  }

  @Override
  String transaction() {
    return null;
  }
}
