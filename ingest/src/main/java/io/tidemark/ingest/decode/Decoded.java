package io.tidemark.ingest.decode;

import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.core.event.Operation;
import io.tidemark.core.event.Position;
import io.tidemark.core.event.SourceTable;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.ingest.order.CommitMark;
import java.time.Instant;
import java.util.Objects;

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
   * @param mark what it tells about how far the source's log has come
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
      EventSchema schema,
      CommitMark mark)
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
   * @param quiet the same without anything of the record's values
   */
  record DeadLetter(String table, DeadLetterReason reason, String message, String quiet)
      implements Decoded {
    /** A letter whose message may quote values. */
    public DeadLetter(String table, DeadLetterReason reason, String message) {
      this(table, reason, message, reason + "; the details may hold masked values");
    }

    /** Whether the other says the same; how it says it quietly does not count. */
    @Override
    public boolean equals(Object other) {
      return other instanceof DeadLetter that
          && Objects.equals(table, that.table)
          && reason == that.reason
          && message.equals(that.message);
    }

    @Override
    public int hashCode() {
      return Objects.hash(table, reason, message);
    }

    /** The same letter with a message that quotes no value. */
    public DeadLetter withoutValues() {
      return new DeadLetter(table, reason, quiet, quiet);
    }
  }
}
