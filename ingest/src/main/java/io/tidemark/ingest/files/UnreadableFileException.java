package io.tidemark.ingest.files;

/**
 * A task could not read a file: its file system failed, or it is not the file that was planned. Not
 * thrown for what is wrong with the content of a file.
 */
final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether this is what failed a Spark job; a task's failure may come as text only. */
  static boolean isBehind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnreadableFileException
          || String.valueOf(cause.getMessage()).contains(UnreadableFileException.class.getName())) {
        return true;
      }
    }
    return false;
  }
}
