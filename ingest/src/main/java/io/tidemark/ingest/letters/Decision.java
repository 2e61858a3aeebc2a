package io.tidemark.ingest.letters;

/** What was done about a dead letter; the names are stored and never change. */
public enum Decision {
  /** Its change is in bronze, or it turned out to be no row. */
  REPLAYED,
  /** It was tried again, and is still none. */
  STILL_BAD,
  /** A person decided that it will never be applied. */
  DISCARDED
}
