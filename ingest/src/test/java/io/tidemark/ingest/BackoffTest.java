package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.run.ManualClock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final ManualClock clock = new ManualClock();
  private final Backoff backoff = new Backoff(Duration.ofMinutes(5), clock);

  @Test
  void aKafkaThatNeverAnsweredIsNotRetried() {
    assertThat(backoff.mayRetry()).isFalse();
  }

  @Test
  void givesUpWhenTheTimeSinceTheLastSuccessIsOver() {
    backoff.succeeded();

    assertThat(backoff.mayRetry()).isTrue();
    clock.advance(Duration.ofMinutes(5).minusNanos(1));
    assertThat(backoff.mayRetry()).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(backoff.mayRetry()).isFalse();
  }

  @Test
  void aSuccessGivesNewTime() {
    backoff.succeeded();
    clock.advance(Duration.ofMinutes(4));
    backoff.succeeded();
    clock.advance(Duration.ofMinutes(4));

    assertThat(backoff.mayRetry()).isTrue();
  }

  @Test
  void pausesDoubleUpToHalfAMinute() {
    assertThat(Stream.generate(backoff::pause).limit(8).map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void nextTellsThePauseAndDoesNotTakeIt() {
    backoff.pause();

    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aSuccessStartsFromTheShortestPauseAgain() {
    backoff.pause();
    backoff.pause();

    backoff.succeeded();

    assertThat(backoff.pause()).isEqualTo(Duration.ofSeconds(1));
  }
}
