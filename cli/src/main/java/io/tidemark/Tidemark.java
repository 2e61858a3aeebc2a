package io.tidemark;

import io.tidemark.cli.TidemarkCommand;

/** The main class, of the {@code tidemark} command and of {@code spark-submit} alike. */
public final class Tidemark {
  private Tidemark() {}

  /**
   * Runs one verb and ends the process with its exit code; {@code docs/operations.md} lists them.
   */
  public static void main(String[] arguments) {
    System.exit(TidemarkCommand.execute(System.getenv(), arguments));
  }
}
