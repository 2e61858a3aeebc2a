package io.tidemark.ingest.files;

/**
 * A line of a file.
 *
 * @param number its place in the file, from 1
 * @param bytes its bytes as they are in the (unpacked) file, without the newline
 * @param ending how it ends
 * @param problem for damage, what is wrong; else null
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying every line would cost.
record FileLine(long number, byte[] bytes, Ending ending, String problem) {
  /** How a line ends. */
  enum Ending {
    NEWLINE,
    /** The file ends behind it, without a newline. */
    END_OF_FILE,
    /** It is longer than a line can be; it has no bytes here. */
    TOO_LONG,
    /** It is none: the file cannot be unpacked from here on. */
    DAMAGE
  }

  boolean isBlank() {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
