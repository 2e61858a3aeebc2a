package io.tidemark.ingest.jdbc;

/** The offsets of rows that rounds of queries read; no two rows of a table share one. */
final class RoundOffsets {
  /** So many queries one round may have. */
  static final int MOST_PARTS = 64;

  private static final int ROUND_SHIFT = 36;
  private static final int PART_SHIFT = 30;

  private RoundOffsets() {}

  /** Of the first row of one of a round's queries. */
  static long first(long round, int part) {
    return (round << ROUND_SHIFT) + ((long) part << PART_SHIFT);
  }

  /** Behind all rows of a round. */
  static long end(long round) {
    return (round + 1) << ROUND_SHIFT;
  }
}
