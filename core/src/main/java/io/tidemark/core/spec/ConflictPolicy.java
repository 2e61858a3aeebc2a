package io.tidemark.core.spec;

/** Which of several sources' rows of one key a table shows. Positions are never compared. */
public enum ConflictPolicy {
  /** The row that its source changed last, by the sources' own times; a delete counts as well. */
  SOURCE_TIME("source-time"),
  /** The row of the source that is declared first, as long as it has one. */
  SOURCE_PRIORITY("source-priority"),
  /** As by source time, but the declared counters are the sum over all sources. */
  SUM("sum");

  private final String word;

  ConflictPolicy(String word) {
    this.word = word;
  }

  /** Whether times decide, so that sources keep deleted rows to compare with. */
  boolean isByTime() {
    return this != SOURCE_PRIORITY;
  }

  /** The word for it in a pipeline file. */
  public String word() {
    return word;
  }
}
