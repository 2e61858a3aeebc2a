package io.tidemark.sandbox;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for another process, which can only be asked again and again. */
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * Asks until the answer is yes or the time is over.
   *
   * @return the last answer
   * @throws SandboxException if the thread is interrupted, which stays marked as interrupted
   */
  public static boolean until(BooleanSupplier condition, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(
          "Interrupted while waiting for the sandbox", "Run the command again.", e);
    }
  }
}
