package io.tidemark.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits longer after each failure in a row, and gives up after a time without any success. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Duration giveUpAfter;
  private final Clock clock;
  private Instant lastSuccess;
  private Duration next = FIRST;

  Backoff(Duration giveUpAfter, Clock clock) {
    this.giveUpAfter = giveUpAfter;
    this.clock = clock;
  }

  /** Something worked: the next failure starts from the shortest pause again. */
  synchronized void succeeded() {
    lastSuccess = clock.instant();
    next = FIRST;
  }

  /** Whether to try again: never before the first success, then until the time is up. */
  synchronized boolean mayRetry() {
    return lastSuccess != null && clock.instant().isBefore(lastSuccess.plus(giveUpAfter));
  }

  /** The pause before the next try. */
  synchronized Duration next() {
    return next;
  }

  /** The pause before this try; the one after it will be twice as long. */
  synchronized Duration pause() {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return pause;
  }
}
