package io.tidemark.ingest.order;

import io.tidemark.core.event.log.LogPosition;

/**
 * What one change tells about how far its source's log has come.
 *
 * @param order the commit order it raises its partition to; {@link LogPosition#UNKNOWN} for none
 * @param floor the commit order it needs its partition not to be above; {@link #EXEMPT} for rows of
 *     snapshots, which carry the place at which the snapshot began
 * @param lineage the source of the transaction's number, such as a GTID's; null for most
 */
public record CommitMark(long order, long floor, String lineage) {
  /** The floor of what may stand anywhere. */
  public static final long EXEMPT = Long.MAX_VALUE;

  /** Of a change that tells nothing. */
  public static final CommitMark NONE = new CommitMark(LogPosition.UNKNOWN, EXEMPT, null);

  /** Of a streamed change. */
  public static CommitMark of(LogPosition log) {
    long order = log.commitOrder();
    return order == LogPosition.UNKNOWN ? NONE : new CommitMark(order, order + log.slack(), null);
  }
}
