package io.tidemark.ingest.decode;

import io.tidemark.core.event.DeadLetterReason;

/** A record that is no change; carries what its dead letter says. Has no stack trace. */
final class RejectedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final DeadLetterReason reason;

  RejectedRecordException(String table, DeadLetterReason reason, String message) {
    super(message, null, false, false);
    this.table = table;
    this.reason = reason;
  }

  String table() {
    return table;
  }

  DeadLetterReason reason() {
    return reason;
  }
}
