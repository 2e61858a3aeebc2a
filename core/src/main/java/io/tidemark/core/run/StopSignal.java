package io.tidemark.core.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a continuous run to end after what it is doing now. Set once; safe for many threads. */
public final class StopSignal {
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Asks for the end. */
  public void request() {
    stopped.countDown();
  }

  /** Whether the end was asked for. */
  public boolean requested() {
    return stopped.getCount() == 0;
  }

  /** Waits as long as told, or shorter if the end is asked for; tells whether it was. */
  public boolean await(Duration atMost) {
    try {
      return stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request();
      return true;
    }
  }
}
