package io.tidemark.core.table;

/**
 * Proof of progress, written in the same commit as the data it speaks of.
 *
 * @param name whose progress: one name counts one thing, such as the offsets of one partition
 * @param expected the value that this commit was planned on, or {@link #NONE} for no value yet
 * @param next the value after this commit; never lower than {@code expected}
 */
public record CommitToken(String name, long expected, long next) {
  /** The value of a token that no commit has written. */
  public static final long NONE = -1L;

  public CommitToken {
    if (next < expected) {
      throw new IllegalArgumentException(
          "Invalid commit token " + name + ": " + next + " is lower than " + expected);
    }
  }
}
