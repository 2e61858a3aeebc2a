package io.tidemark.cli;

import io.tidemark.core.run.StopSignal;
import io.tidemark.merge.MergeOutcome;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Merges and refreshes whenever something has landed, beside the ingest of a continuous run, and
 * sweeps tables whose time has come. Tables that failed are tried again with the next batch, and at
 * the latest after a minute.
 */
final class MergeLoop {
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final Supplier<MergeOutcome> merge;
  private final Supplier<MergeOutcome> gold;
  private final DeleteSweeps sweeps;
  private final StopSignal stop;
  private final Semaphore landed = new Semaphore(1); // What a run before this one left unmerged.
  private final Thread thread = new Thread(this::loop, "tidemark merge loop");
  private final Duration poll;
  private volatile RuntimeException failure;

  MergeLoop(
      Supplier<MergeOutcome> merge,
      Supplier<MergeOutcome> gold,
      DeleteSweeps sweeps,
      StopSignal stop,
      Duration trigger) {
    this.merge = merge;
    this.gold = gold;
    this.sweeps = sweeps;
    this.stop = stop;
    this.poll = trigger.compareTo(Duration.ofMillis(500)) < 0 ? trigger : Duration.ofMillis(500);
  }

  void start() {
    thread.start();
  }

  void somethingLanded() {
    landed.release();
  }

  private void loop() {
    try {
      boolean failed = false;
      while (!stop.requested()) {
        if (awaitWork(failed)) {
          failed = !merge.get().failures().isEmpty();
          if (sweeps.runDue()) {
            failed |= !merge.get().failures().isEmpty();
          }
          failed |= !gold.get().failures().isEmpty();
        }
      }
    } catch (RuntimeException e) {
      failure = e;
      stop.request();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.request();
    }
  }

  /** Waits for landed batches, any number of which are one piece of work; ends early on stop. */
  private boolean awaitWork(boolean failed) throws InterruptedException {
    long deadline = System.nanoTime() + RETRY.toNanos();
    while (!stop.requested()) {
      if (landed.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
        landed.drainPermits();
        return true;
      }
      if (failed && System.nanoTime() > deadline) {
        return true;
      }
    }
    return false;
  }

  /**
   * Waits for the pass in progress.
   *
   * @throws RuntimeException what ended the loop, if anything did
   */
  void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }
}
