package io.tidemark.core.spec;

/** The kinds of source a pipeline can read. */
public enum SourceType {
  /** Kafka topics with full Debezium envelopes. */
  DEBEZIUM("debezium"),
  /** Files with one such record a line. */
  FILES("files"),
  /** A database, asked by SQL. */
  JDBC("jdbc");

  private final String word;

  SourceType(String word) {
    this.word = word;
  }

  /** The word for it in a pipeline file. */
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
