package io.tidemark.ingest.files;

/** A line is no record; the message says why, for a person. */
final class BadLineException extends Exception {
  private static final long serialVersionUID = 1L;

  BadLineException(String message) {
    super(message);
  }
}
