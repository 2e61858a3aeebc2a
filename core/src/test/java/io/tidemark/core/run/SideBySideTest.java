package io.tidemark.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 20).boxed().toList();

  @Test
  void resultsHaveTheOrderOfTheItems() {
    assertThat(SideBySide.each(4, ITEMS, item -> item * 2))
        .isEqualTo(ITEMS.stream().map(item -> item * 2).toList());
    assertThat(SideBySide.each(4, List.<Integer>of(), item -> item)).isEmpty();
  }

  @Test
  void neverMoreThanTheWidthAtOnce() {
    AtomicInteger running = new AtomicInteger();
    Queue<Integer> seen = new ConcurrentLinkedQueue<>();

    SideBySide.each(
        3,
        ITEMS,
        item -> {
          seen.add(running.incrementAndGet());
          Thread.yield();
          return running.decrementAndGet();
        });

    assertThat(seen).hasSize(ITEMS.size()).allMatch(atOnce -> atOnce <= 3);
  }

  @Test
  void itemsDoRunAtOnce() {
    CyclicBarrier meeting = new CyclicBarrier(2);

    assertThat(SideBySide.each(2, List.of("a", "b"), item -> meet(meeting))).hasSize(2);
  }

  private static int meet(CyclicBarrier meeting) {
    try {
      return meeting.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("The other one never came", e);
    }
  }

  /** One failing table must not keep the others from being done. */
  @Test
  void allItemsEndBeforeTheFirstFailureIsThrown() {
    Queue<Integer> done = new ConcurrentLinkedQueue<>();

    assertThatThrownBy(
            () ->
                SideBySide.each(
                    2,
                    ITEMS,
                    item -> {
                      if (item == 3 || item == 7) {
                        throw new IllegalArgumentException("bad " + item);
                      }
                      return done.add(item);
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bad 3")
        .satisfies(
            error ->
                assertThat(error.getSuppressed())
                    .singleElement()
                    .satisfies(other -> assertThat(other).hasMessage("bad 7")));
    assertThat(done).hasSize(ITEMS.size() - 2);
  }

  @Test
  void errorsAreNotSwallowed() {
    assertThatThrownBy(
            () ->
                SideBySide.each(
                    2,
                    ITEMS,
                    item -> {
                      throw new AssertionError("no exception but an error");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no exception but an error");
  }
}
