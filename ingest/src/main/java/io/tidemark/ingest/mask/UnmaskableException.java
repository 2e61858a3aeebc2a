package io.tidemark.ingest.mask;

/** A declared mask cannot be applied; the message holds nothing of a value. Has no stack trace. */
final class UnmaskableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnmaskableException(String message) {
    super(message, null, false, false);
  }
}
