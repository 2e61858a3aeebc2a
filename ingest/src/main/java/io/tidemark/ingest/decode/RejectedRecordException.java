package io.tidemark.ingest.decode;

import io.tidemark.core.event.DeadLetterReason;

/** A record that is no change; carries what its dead letter says. Has no stack trace. */
public final class RejectedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final DeadLetterReason reason;

  /**
   * A rejection.
   *
   * @param table the lake table that the record belongs to, or null if that is not known
   */
  public RejectedRecordException(String table, DeadLetterReason reason, String message) {
    super(message, null, false, false);
    this.table = table;
    this.reason = reason;
  }

  /** The same one level further out: of a known table, in a known part of the record. */
  RejectedRecordException in(String knownTable, String part) {
    return new RejectedRecordException(knownTable, reason, part + ": " + getMessage());
  }

  String table() {
    return table;
  }

  /** What its dead letter says why. */
  public DeadLetterReason reason() {
    return reason;
  }
}
