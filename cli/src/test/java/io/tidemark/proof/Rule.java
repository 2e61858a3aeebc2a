package io.tidemark.proof;

/** What histories and deliveries must contain often enough to prove something, by rule. */
enum Rule {
  HISTORY_COMPARED(1, "histories compared, row by row and column by column"),
  OLDER_THAN_STORED(2, "changes older than what an earlier merge stored"),
  EQUAL_POSITION(2, "changes again, at the same position and another offset"),
  FILLED_IN_BATCH(3, "unavailable values whose last value comes in the same merge"),
  FILLED_FROM_STORED(3, "unavailable values whose last value was stored before"),
  UNRESOLVED(3, "changes whose unavailable values nothing tells"),
  LATE_AFTER_DELETE(4, "changes of a deleted key that arrive after its delete"),
  SNAPSHOT_ROW_LATE(5, "snapshot rows that arrive after a later change of their key"),
  INCREMENTAL_ROW(5, "rows of incremental snapshots between changes"),
  BACKFILLED_LATE(5, "rows of a backfill that arrive after a later change of their key"),
  VANISHED(5, "rows that a later snapshot does not have, without a delete in the log"),
  TRUNCATED(6, "rows removed by a truncate"),
  OLDER_THAN_TRUNCATE(6, "changes older than a truncate that a merge before has applied"),
  LATER_THAN_TRUNCATE(6, "changes later than a truncate that arrive before it"),
  KEY_CHANGE_DELETE_FIRST(7, "changes of a key whose delete arrives first"),
  KEY_CHANGE_CREATE_FIRST(7, "changes of a key whose create arrives first"),
  TOMBSTONE_RECORD(8, "tombstone records"),
  HEARTBEAT(8, "heartbeats"),
  TRANSACTION(8, "transaction markers"),
  SCHEMA_CHANGE(8, "schema change records"),
  MESSAGE(8, "logical decoding messages"),
  TORN_JSON(9, "records of torn JSON"),
  UNKNOWN_OPERATION(9, "records of an unknown operation"),
  MISSING_KEY(9, "changes without a key"),
  MISSING_AFTER(9, "changes without a row"),
  OUT_OF_RANGE(9, "values out of their type's range"),
  LOST_DIGITS(9, "numbers that would lose digits"),
  VALUE_COMPARED(10, "values other than NULL compared"),
  COLUMN_ADDED(11, "rows changed after a column was added"),
  COLUMN_DROPPED(11, "rows changed after a column was dropped"),
  COLUMN_WIDENED(11, "rows changed after a column was widened"),
  OLD_SCHEMA_LATE(11, "changes of an old schema that arrive after one of a newer schema"),
  CUT_OFF(12, "kills that took commits from a history's table"),
  RECORD_AGAIN(12, "records read again after a kill"),
  INTERVAL_COMPARED(14, "intervals of the history compared"),
  MASKED(16, "masked values compared");

  private final int number;
  private final String what;

  Rule(int number, String what) {
    this.number = number;
    this.what = what;
  }

  static Rule of(NoRow kind) {
    return valueOf(kind.name());
  }

  static Rule of(Undecodable kind) {
    return valueOf(kind.name());
  }

  /** Its number in the contract. */
  int number() {
    return number;
  }

  /** What is counted. */
  String what() {
    return what;
  }
}
