package io.tidemark.merge.history;

import java.time.Instant;
import java.util.BitSet;

/**
 * What a row was from one change to the next.
 *
 * @param op code of the change that made it
 * @param position of that change
 * @param sourceTime of that change as the source gave it; may be null
 * @param values one for each column of the table
 * @param unlogged columns whose values the change did not log
 * @param unresolved those of them that nothing tells; null among the values
 * @param validFrom the latest source time up to the position; null if none is known
 * @param validTo the same for the end; null while current
 * @param endPosition of what ended it; null while current
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by SameValues only.
record Interval(
    String op,
    String position,
    Instant sourceTime,
    Object[] values,
    BitSet unlogged,
    BitSet unresolved,
    Instant validFrom,
    Instant validTo,
    String endPosition) {

  boolean isCurrent() {
    return endPosition == null;
  }
}
