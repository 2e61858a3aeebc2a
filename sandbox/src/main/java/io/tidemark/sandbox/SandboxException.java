package io.tidemark.sandbox;

/** The sandbox cannot do what was asked; the message says why, {@link #remedy()} what to do. */
public final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * With what a person needs to go on.
   *
   * @param problem what is wrong, where, and the value
   * @param remedy the next step for the reader
   * @param cause the error beneath, or null
   */
  SandboxException(String problem, String remedy, Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
  }

  /** The next step for the reader: a command to run, a setting to change. */
  public String remedy() {
    return remedy;
  }
}
