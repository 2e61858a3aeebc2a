package io.tidemark.ingest.files;

import io.tidemark.core.event.DeadLetterReason;

/** What a line holds. */
sealed interface LineContent permits RecordLine, LineContent.Bad {

  /** No record, and why; the message names the line. */
  record Bad(DeadLetterReason reason, String message) implements LineContent {}

  /** What a line of a file holds. */
  static LineContent of(String file, FileLine line) {
    String where = "%s, line %d: ".formatted(file, line.number());
    return switch (line.ending()) {
      case NEWLINE -> parsed(line, DeadLetterReason.BAD_LINE, where, "");
      case END_OF_FILE ->
          parsed(
              line,
              DeadLetterReason.TORN_LINE,
              where,
              "; the file ends in this line, without a newline");
      case TOO_LONG ->
          new Bad(
              DeadLetterReason.BAD_LINE,
              where + "the line is too long to be read; its bytes are only in the file");
      case DAMAGE ->
          new Bad(
              DeadLetterReason.DAMAGED_FILE,
              where + "the file cannot be unpacked from here on: " + line.problem());
    };
  }

  private static LineContent parsed(
      FileLine line, DeadLetterReason reason, String where, String explanation) {
    try {
      return RecordLineParser.parse(line.bytes());
    } catch (BadLineException e) {
      return new Bad(reason, where + e.getMessage() + explanation);
    }
  }
}
