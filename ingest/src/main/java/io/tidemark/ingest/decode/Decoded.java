package io.tidemark.ingest.decode;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.Position;
import io.tidemark.core.event.SourceTable;
import io.tidemark.core.schema.EventSchema;
import java.time.Instant;

/** What a Kafka record turned out to be. */
public sealed interface Decoded {

  /**
   * A change of a row, or a truncate.
   *
   * @param table the lake table it belongs to
   * @param sourceTable the table it comes from
   * @param operation what happened
   * @param key the canonical JSON text of the key; null for a truncate
   * @param before the row before, as JSON text; null if the source did not send it
   * @param after the row after, as JSON text; null for deletes and truncates
   * @param source the envelope's source block, as JSON text
   * @param position its place in the source's log
   * @param sourceTime when the source says it happened
   * @param transaction the source's transaction, or null
   * @param schema the schema the row was written with
   */
  record Change(
      String table,
      SourceTable sourceTable,
      Operation operation,
      String key,
      String before,
      String after,
      String source,
      Position position,
      Instant sourceTime,
      String transaction,
      EventSchema schema)
      implements Decoded {}

  /** A record that is no row by design, and is only counted. */
  record NotARow(Kind kind) implements Decoded {
    /** What Debezium sends besides rows. */
    public enum Kind {
      TOMBSTONE,
      HEARTBEAT,
      TRANSACTION,
      SCHEMA_CHANGE,
      MESSAGE
    }
  }

  /**
   * A record that could not be decoded.
   *
   * @param table the lake table it seems to belong to, or null if even that is unknown
   * @param reason the kind of failure
   * @param message what is wrong, for a person
   */
  record DeadLetter(String table, DeadLetterReason reason, String message) implements Decoded {}
}
