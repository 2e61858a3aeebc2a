package io.tidemark.ingest.bronze;

import java.time.Instant;
import java.util.Optional;

/**
 * What bronze needs to know of a round of queries.
 *
 * @param topic the name of the source's table, in the place of a topic
 * @param end the offset behind all of its rows
 * @param overlap which rows may have landed that come again in it; empty if all of its rows are
 *     wanted
 * @param letters which rows may be dead letters that come again in it; empty as above
 */
public record PolledRound(
    String topic, long end, Optional<Overlap> overlap, Optional<Overlap> letters) {
  /**
   * Rows that a round may read although nothing has changed.
   *
   * @param offset of rows from the same queries, from which on
   * @param backfill what stands in the place of a topic in rows of the same table's backfills
   * @param position of those rows, from which on
   * @param since when they changed, at the earliest; empty if that is not known
   */
  public record Overlap(long offset, String backfill, String position, Optional<Instant> since) {}
}
