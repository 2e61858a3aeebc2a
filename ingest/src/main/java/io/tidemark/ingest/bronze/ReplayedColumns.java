package io.tidemark.ingest.bronze;

/** What became of records that were landed again: columns besides their origin. */
public final class ReplayedColumns {
  /** Whether the record is a dead letter still. */
  public static final String STILL_BAD = "still_bad";

  /** Why, if so. */
  public static final String REASON = DecodedColumns.REASON;

  /** What is wrong, if so. */
  public static final String MESSAGE = DecodedColumns.MESSAGE;

  private ReplayedColumns() {}
}
