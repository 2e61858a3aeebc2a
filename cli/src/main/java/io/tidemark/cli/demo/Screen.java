package io.tidemark.cli.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * Prints what the demo does: lines that stay, and on a terminal one line that shows it is alive.
 */
final class Screen {
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final Instant started = Instant.now();

  Screen(PrintStream out) {
    this.out = out;
    this.terminal = System.console() != null;
  }

  /** A line that stays. */
  void say(String format, Object... values) {
    String text = values.length == 0 ? format : format.formatted(values);
    out.println((terminal ? CLEAR_LINE : "") + "[%4ds] %s".formatted(seconds(), text));
  }

  /** Lines without a time. */
  void print(String text) {
    out.println((terminal ? CLEAR_LINE : "") + text);
  }

  /** What goes on right now; on a terminal only. */
  void progress(String format, Object... values) {
    if (terminal) {
      out.print(CLEAR_LINE + "[%4ds] ... %s".formatted(seconds(), format.formatted(values)));
      out.flush();
    }
  }

  private long seconds() {
    return Duration.between(started, Instant.now()).toSeconds();
  }
}
