package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.SourceTable;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.event.log.MongoPosition;
import io.tidemark.core.event.log.MongoPosition.Clock;

/**
 * Of Debezium's MongoDB connector: {@code ts_ms}, {@code ord}, {@code wallTime}, {@code
 * collection}; a transaction is a session ({@code lsid}) and its {@code txnNumber}.
 */
final class MongoSource extends SourceBlock {

  MongoSource(JsonNode source) {
    super(source);
  }

  @Override
  SourceTable table() {
    String collection = text("collection");
    if (collection.isEmpty()) {
      throw new RejectedRecordException(
          null, DeadLetterReason.NOT_AN_ENVELOPE, "the 'source' block names no collection");
    }
    return new SourceTable(text("db"), "", collection);
  }

  @Override
  LogPosition log() {
    long millis = number("ts_ms", LogPosition.UNKNOWN);
    long ordinal = number("ord", LogPosition.UNKNOWN);
    if (millis == LogPosition.UNKNOWN || ordinal == LogPosition.UNKNOWN) {
      throw missing("'ts_ms' and 'ord'");
    }
    return field("wallTime").isIntegralNumber()
        ? new MongoPosition(millis, 0, Clock.WALL)
        : new MongoPosition(millis, ordinal, Clock.CLUSTER);
  }

  @Override
  String transaction() {
    String session = text("lsid");
    return session.isEmpty() ? null : session + ":" + text("txnNumber");
  }
}
