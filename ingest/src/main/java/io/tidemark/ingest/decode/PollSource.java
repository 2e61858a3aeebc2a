package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.database.LogPlace;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.event.log.PollPosition;

/** Of rows that a poll read, whose block {@code ingest.jdbc} writes. */
public final class PollSource extends SourceBlock {
  /** The connector's name in the block. */
  public static final String CONNECTOR = "tidemark-poll";

  PollSource(JsonNode source) {
    super(source);
  }

  @Override
  LogPosition log() {
    JsonNode place = field(LogPlace.VIEW);
    if (!place.isIntegralNumber() || !place.canConvertToLong()) {
      throw missing("numeric 'place'");
    }
    return new PollPosition(place.longValue());
  }

  @Override
  String transaction() {
    return null;
  }
}
