package io.tidemark.core.schema.bson;

/** A value that begins like one of Extended JSON's types and is none. */
public final class InvalidExtendedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidExtendedJsonException(String problem) {
    super(problem, null, false, false);
  }
}
