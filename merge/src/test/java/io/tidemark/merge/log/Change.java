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
 */
public record Change(
    String op, String key, String after, long lsn, Position.Phase phase, EventSchema schema) {}
