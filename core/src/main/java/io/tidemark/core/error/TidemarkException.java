package io.tidemark.core.error;

import java.util.Optional;

/**
 * An error meant for a person: what is wrong, and what to do about it.
 *
 * <p>Made by {@link Errors}; the exit code says what a scheduler should think of it.
 */
public final class TidemarkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String remedy;

  TidemarkException(ExitCode exitCode, String problem, String remedy, Throwable cause) {
    super(problem, cause);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  /** The error meant for a person among a failure and its causes; empty if there is none. */
  public static Optional<TidemarkException> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TidemarkException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** The exit code a process that fails with this error ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The next step for the reader: a command to run, a setting to change. */
  public String remedy() {
    return remedy;
  }
}
