package io.tidemark.quality.deequ;

/** Why something could not be measured, on one line. */
public final class Reasons {
  private Reasons() {}

  /** What the innermost cause says, without the stack and the plan that Spark adds. */
  public static String of(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return text.lines().findFirst().orElse("").strip();
  }
}
