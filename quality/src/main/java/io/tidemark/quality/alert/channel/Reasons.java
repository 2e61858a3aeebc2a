package io.tidemark.quality.alert.channel;

/** Why something outside failed, in a few words. */
final class Reasons {
  private Reasons() {}

  /** The error's message, or its kind where it has none. */
  static String of(Throwable error) {
    String message = error.getMessage();
    return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
  }
}
