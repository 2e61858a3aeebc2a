package io.tidemark.merge.fold;

import java.time.Instant;

/**
 * A change as bronze keeps it.
 *
 * @param operation the envelope's code
 * @param key canonical JSON text of the key
 * @param after JSON text of the row after the change; null for a delete
 * @param position sortable text of its place in the source's log
 * @param sourceTime when the source says it happened
 * @param schema fingerprint of the schema it was written with
 */
public record BronzeChange(
    String operation,
    String key,
    String after,
    String position,
    Instant sourceTime,
    String schema) {

  private static final String TRUNCATE = "t";

  /** The end of this change's key at a truncate of its table. */
  BronzeChange truncatedAt(FoldRules.Truncate truncate) {
    return new BronzeChange(
        TRUNCATE, key, null, truncate.position(), truncate.sourceTime(), schema);
  }

  /** Whether the key's row is gone after it. */
  public boolean isDelete() {
    return operation.equals("d") || isTruncate();
  }

  /** Whether it stands for a truncate: then it is no change that landed for this key. */
  boolean isTruncate() {
    return operation.equals(TRUNCATE);
  }
}
