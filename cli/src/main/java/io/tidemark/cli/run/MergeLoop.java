package io.tidemark.cli.run;

import io.tidemark.core.run.StopSignal;
import io.tidemark.merge.MergeOutcome;
import io.tidemark.quality.gate.TableAudits;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Merges, judges and refreshes whenever something has landed, beside the ingest of a continuous
 * run, and sweeps tables whose time has come. What failed is tried again with the next batch, and
 * at the latest after a minute; so is what time alone can make good or bad.
 */
final class MergeLoop {
  /** Judges what has changed, and refreshes the marts. */
  interface Gold {
    MergeOutcome refresh();

    /** Whether a mart waits for something that time alone may bring. */
    boolean isBehind();
  }

  private static final Duration RETRY = Duration.ofMinutes(1);

  private final Supplier<MergeOutcome> merge;
  private final DeleteSweeps sweeps;
  private final TableAudits audits;
  private final Gold gold;
  private final StopSignal stop;
  private final Semaphore landed = new Semaphore(1); // What a run before this one left unmerged.
  private final Thread thread = new Thread(this::loop, "tidemark merge loop");
  private final Duration poll;
  private volatile RuntimeException failure;

  MergeLoop(
      Supplier<MergeOutcome> merge,
      DeleteSweeps sweeps,
      TableAudits audits,
      Gold gold,
      StopSignal stop,
      Duration trigger) {
    this.merge = merge;
    this.sweeps = sweeps;
    this.audits = audits;
    this.gold = gold;
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
      boolean again = audits.areAgeing();
      while (!stop.requested()) {
        if (awaitWork(again)) {
          again = pass();
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

  /** Whether there may be something to do although nothing lands. */
  private boolean pass() {
    boolean failed = !merge.get().failures().isEmpty();
    if (sweeps.runDue()) {
      failed |= !merge.get().failures().isEmpty();
    }
    failed |= !gold.refresh().failures().isEmpty();
    return failed || audits.areAgeing() || gold.isBehind();
  }

  /** Waits for landed batches, any number of which are one piece of work; ends early on stop. */
  private boolean awaitWork(boolean again) throws InterruptedException {
    long deadline = System.nanoTime() + RETRY.toNanos();
    while (!stop.requested()) {
      if (landed.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
        landed.drainPermits();
        return true;
      }
      if (again && System.nanoTime() > deadline) {
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
