package io.tidemark.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  private final StopSignal stop = new StopSignal();

  @Test
  void waitsAsLongAsToldIfNobodyAsks() {
    assertThat(stop.await(Duration.ofMillis(1))).isFalse();
    assertThat(stop.requested()).isFalse();
  }

  @Test
  void wakesWhoWaits() {
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> stop.await(Duration.ofHours(1)));

    stop.request();
    stop.request();

    await().atMost(Duration.ofSeconds(10)).until(waiting::isDone);
    assertThat(waiting).isCompletedWithValue(true);
    assertThat(stop.requested()).isTrue();
    assertThat(stop.await(Duration.ofHours(1))).as("later waits do not wait").isTrue();
  }

  @Test
  void anInterruptIsARequestAndIsKept() {
    Thread.currentThread().interrupt();

    assertThat(stop.await(Duration.ofHours(1))).isTrue();
    assertThat(stop.requested()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }
}
