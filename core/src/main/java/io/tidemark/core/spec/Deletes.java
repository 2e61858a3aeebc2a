package io.tidemark.core.spec;

/** What becomes of the row of a key that the source deleted. */
public enum Deletes {
  /** The row goes. */
  HARD("hard"),
  /** The row stays as it was last and is marked as deleted. */
  SOFT("soft");

  private final String word;

  Deletes(String word) {
    this.word = word;
  }

  /** The word in the pipeline file and in a table's properties. */
  public String word() {
    return word;
  }
}
