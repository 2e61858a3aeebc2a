package io.tidemark.ingest.letters;

/** How a dead letter stands. */
public enum LetterStatus {
  /** Nobody has dealt with it. */
  OPEN,
  /** Its change is in bronze. */
  REPLAYED,
  /** Left out on purpose. */
  DISCARDED
}
