package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.ingest.decode.Decoded.NotARow.Kind;
import java.util.Optional;

/** Recognises what Debezium sends besides rows, by the fields of its documented messages. */
final class NonRows {
  private NonRows() {}

  static Optional<Kind> kind(JsonNode payload) {
    if (!payload.isObject()) {
      return Optional.empty();
    }
    // Heartbeat: one field, ts_ms (later versions add ts_us and ts_ns).
    if (payload.has("ts_ms") && onlyTimes(payload)) {
      return Optional.of(Kind.HEARTBEAT);
    }
    // Transaction metadata: status BEGIN or END, with the transaction's id.
    String status = payload.path("status").asText();
    if (payload.has("id")
        && payload.has("event_count")
        && (status.equals("BEGIN") || status.equals("END"))) {
      return Optional.of(Kind.TRANSACTION);
    }
    // Schema change topic: DDL text and the tables as they are after it.
    if (payload.has("tableChanges") && payload.has("databaseName")) {
      return Optional.of(Kind.SCHEMA_CHANGE);
    }
    return Optional.empty();
  }

  private static boolean onlyTimes(JsonNode payload) {
    var names = payload.fieldNames();
    while (names.hasNext()) {
      if (!names.next().startsWith("ts_")) {
        return false;
      }
    }
    return true;
  }
}
