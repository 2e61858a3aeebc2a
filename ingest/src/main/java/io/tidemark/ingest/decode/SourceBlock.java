package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.Origin;
import io.tidemark.core.event.Position;
import io.tidemark.core.event.SourceTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The envelope's {@code source} block: where and when a change happened. */
record SourceBlock(JsonNode source) {

  SourceTable table() {
    String table = source.path("table").asText("");
    if (table.isEmpty()) {
      throw new RejectedRecordException(
          null, DeadLetterReason.NOT_AN_ENVELOPE, "the 'source' block names no table");
    }
    return new SourceTable(source.path("db").asText(""), source.path("schema").asText(""), table);
  }

  Position position(Origin origin, Operation operation) {
    String connector = source.path("connector").asText("");
    if (!connector.equals("postgresql")) {
      throw new RejectedRecordException(
          null,
          DeadLetterReason.UNSUPPORTED_CONNECTOR,
          "changes of the connector '" + connector + "' cannot be put in order; known: postgresql");
    }
    JsonNode lsn = source.path("lsn");
    if (!lsn.canConvertToLong() || !lsn.isIntegralNumber()) {
      throw new RejectedRecordException(
          null, DeadLetterReason.MISSING_POSITION, "the 'source' block has no numeric 'lsn'");
    }
    return Position.ofPostgres(lsn.longValue(), phase(operation), origin);
  }

  /** {@code snapshot} is false or absent for streamed changes; any other value is a snapshot. */
  private Position.Phase phase(Operation operation) {
    String snapshot = source.path("snapshot").asText("false");
    boolean streamed = snapshot.equals("false") || snapshot.equals("null") || snapshot.isEmpty();
    return streamed && operation != Operation.READ
        ? Position.Phase.STREAM
        : Position.Phase.SNAPSHOT;
  }

  /** The source's own time, as fine as it is given; else the time the connector saw the change. */
  Instant time(JsonNode envelope) {
    for (JsonNode block : new JsonNode[] {source, envelope}) {
      if (block.path("ts_us").isIntegralNumber()) {
        return Instant.EPOCH.plus(block.get("ts_us").longValue(), ChronoUnit.MICROS);
      }
      if (block.path("ts_ms").isIntegralNumber()) {
        return Instant.ofEpochMilli(block.get("ts_ms").longValue());
      }
    }
    return null;
  }

  /** The transaction's id where the connector adds it, else PostgreSQL's own number. */
  String transaction(JsonNode envelope) {
    JsonNode id = envelope.path("transaction").path("id");
    if (id.isTextual()) {
      return id.asText();
    }
    JsonNode number = source.path("txId");
    return number.isIntegralNumber() ? number.asText() : null;
  }
}
