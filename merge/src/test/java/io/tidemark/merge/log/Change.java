package io.tidemark.merge.log;

import io.tidemark.core.event.Position;
import io.tidemark.core.schema.EventSchema;

/**
 * A change as ingest decodes it, before it has an offset.
 *
 * @param op the envelope's code
 * @param key canonical JSON text of the key; null for a truncate
 * @param after JSON text of the row; null for deletes and truncates
 * @param lsn its place in the source's log
 * @param phase whether a snapshot read it
 * @param schema the schema it was written with
 * @param source the envelope's source block
 */
public record Change(
    String op,
    String key,
    String after,
    long lsn,
    Position.Phase phase,
    EventSchema schema,
    String source) {

  /** A change with an empty source block. */
  public Change(
      String op, String key, String after, long lsn, Position.Phase phase, EventSchema schema) {
    this(op, key, after, lsn, phase, schema, "{}");
  }

  /** The same change as a row of a snapshot, with Debezium's word for its place in it. */
  public Change inSnapshot(String word) {
    String block = "{\"lsn\":%d,\"snapshot\":\"%s\",\"table\":\"t\"}".formatted(lsn, word);
    return new Change(op, key, after, lsn, phase, schema, block);
  }
}
