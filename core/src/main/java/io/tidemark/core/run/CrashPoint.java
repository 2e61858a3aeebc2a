package io.tidemark.core.run;

/**
 * A place between two writes where a test may end the process, to prove that nothing depends on
 * reaching the next line.
 *
 * <p>Set the system property {@code tidemark.crash-at} to a point's name, or to {@code name:n} for
 * the n-th time it is reached. Unset, a point costs one comparison.
 */
public enum CrashPoint {
  /** A batch of files is planned, nothing of it has landed. */
  AFTER_FILE_PLAN,
  /** A round of a poll is planned, nothing of it has landed. */
  AFTER_POLL_PLAN,
  /** A round of a backfill is planned, nothing of it has landed. */
  AFTER_BACKFILL_PLAN,
  /** One table's bronze commit is done, others of the batch may not be. */
  AFTER_BRONZE_TABLE,
  /** All bronze commits of a batch are done, its offsets are not yet recorded. */
  BEFORE_INGEST_RECORD,
  /** The batch is recorded, nothing is merged. */
  AFTER_INGEST_RECORD,
  /** Deletes are remembered, silver has not seen them. */
  AFTER_TOMBSTONES,
  /** Silver has the changes, the run record has not. */
  AFTER_SILVER,
  /** Changes without an interval are remembered, history has not seen the batch. */
  AFTER_HISTORY_MARKS,
  /** History has the changes, the run record has not. */
  AFTER_HISTORY,
  /** Conflicts between sources are kept, the combined table has not seen them. */
  BEFORE_COMBINED,
  /** A mart is computed and replaced. */
  AFTER_GOLD,
  /**
   * Dead letters that can be decoded now are in bronze, that they were replayed is not recorded.
   */
  AFTER_REPLAYED_CHANGES,
  /** What goes with rebuilt rows is remembered, the rows before are still in place. */
  AFTER_REBUILT_MEMORY,
  /** Rebuilt rows are in place, what went with the rows before is still remembered. */
  AFTER_REBUILT_ROWS;

  /** What a crashed process ends with; no regular exit code. */
  public static final int EXIT = 99;

  private static final String PROPERTY = "tidemark.crash-at";
  private static final String TARGET = System.getProperty(PROPERTY, "");

  private int reached;

  /** Ends the process at once, without any clean-up, if a test asked for it. */
  public void reach() {
    if (!TARGET.isEmpty()) {
      haltIfTarget();
    }
  }

  private synchronized void haltIfTarget() {
    String[] target = TARGET.split(":", 2);
    reached++;
    int wanted = target.length == 1 ? 1 : Integer.parseInt(target[1]);
    if (target[0].equals(name()) && reached == wanted) {
      System.err.println("Crash point " + name() + " reached: halting");
      Runtime.getRuntime().halt(EXIT);
    }
  }
}
