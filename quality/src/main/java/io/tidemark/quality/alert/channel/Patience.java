package io.tidemark.quality.alert.channel;

import java.time.Duration;

/**
 * How long a channel is tried.
 *
 * @param attempts how often at most
 * @param firstPause before the second attempt; each further pause is twice as long
 * @param timeout how long a server may take to answer
 * @param inAll after which time no further attempt is made
 */
public record Patience(int attempts, Duration firstPause, Duration timeout, Duration inAll) {
  /** At most about 40 seconds, so that no run is held up for long. */
  public static final Patience USUAL =
      new Patience(5, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30));

  Duration pauseAfter(int attempt) {
    return firstPause.multipliedBy(1L << (attempt - 1));
  }
}
