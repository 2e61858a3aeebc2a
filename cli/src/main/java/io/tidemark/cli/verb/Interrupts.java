package io.tidemark.cli.verb;

import io.tidemark.core.run.StopSignal;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns Ctrl-C and TERM into a clean stop; a second one ends the process at once.
 *
 * <p>A shutdown hook would come too late: Spark's own hook stops the context at the same time, in
 * the middle of a batch.
 */
public final class Interrupts implements AutoCloseable {
  private static final int KILLED = 130;

  private final Signal[] signals = {new Signal("INT"), new Signal("TERM")};
  private final SignalHandler[] previous = new SignalHandler[signals.length];

  private Interrupts(StopSignal stop) {
    for (int i = 0; i < signals.length; i++) {
      previous[i] = Signal.handle(signals[i], signal -> interrupt(stop));
    }
  }

  /** From now on until it is closed, Ctrl-C and TERM request the stop. */
  public static Interrupts request(StopSignal stop) {
    return new Interrupts(stop);
  }

  private static void interrupt(StopSignal stop) {
    if (stop.requested()) {
      Runtime.getRuntime().halt(KILLED);
    }
    System.err.println("Stopping after the current batch; once more ends it at once.");
    stop.request();
  }

  @Override
  public void close() {
    for (int i = 0; i < signals.length; i++) {
      Signal.handle(signals[i], previous[i]);
    }
  }
}
