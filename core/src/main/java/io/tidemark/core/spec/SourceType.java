package io.tidemark.core.spec;

/** The kinds of source a pipeline can read. */
public enum SourceType {
  /** Kafka topics with full Debezium envelopes. */
  DEBEZIUM("debezium");

  private final String word;

  SourceType(String word) {
    this.word = word;
  }

  /** The word for it in a pipeline file. */
  public String word() {
    return word;
  }
}
