package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.Chunk;
import io.tidemark.core.database.LogPlace;
import java.util.List;

/**
 * Queries of one backfill of a table that run side by side and land together; written down before
 * they run, so that after a crash the same pieces are read again, and no others.
 *
 * @param number counts the rounds of all backfills of a table, from 1
 * @param backfill the number of the backfill's first round
 * @param scope what the backfill reads
 * @param chunks the pieces to read, by the key; of a list of keys, the numbers of its pieces
 * @param last whether the backfill ends with it
 * @param place where all rows of the backfill stand
 * @param epoch the table's epoch then; {@link #ABANDONED} to give the backfill up
 */
record BackfillRound(
    long number,
    long backfill,
    BackfillScope scope,
    List<Chunk> chunks,
    boolean last,
    LogPlace place,
    int epoch) {
  /** The epoch of a round that ends a backfill which was given up. */
  static final int ABANDONED = -1;

  /** Copies the pieces. */
  BackfillRound {
    chunks = List.copyOf(chunks);
  }

  /** The same with pieces. */
  BackfillRound with(List<Chunk> found, boolean isLast) {
    return new BackfillRound(number, backfill, scope, found, isLast, place, epoch);
  }

  /** Whether its backfill begins with it. */
  boolean isFirst() {
    return number == backfill;
  }

  /** Whether its backfill reads all rows. */
  boolean isWhole() {
    return scope instanceof BackfillScope.Whole;
  }

  /** The piece that the next round goes on behind. */
  List<String> reached() {
    return chunks.get(chunks.size() - 1).upTo();
  }

  /** The offset of the first row of one of its pieces. */
  long offset(int chunk) {
    return RoundOffsets.first(number, chunk);
  }

  /** The offset behind all of its rows. */
  long end() {
    return RoundOffsets.end(number);
  }
}
