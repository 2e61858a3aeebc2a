package io.tidemark.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Works on many tables at once, with a bound on how many. */
public final class SideBySide {
  private SideBySide() {}

  /**
   * Applies the work to every item, at most {@code width} at a time, and waits for all.
   *
   * @return the results in the order of the items
   * @throws RuntimeException the first item's failure, after all items have ended; those of others
   *     are suppressed in it
   */
  public static <T, R> List<R> each(int width, List<T> items, Function<T, R> work) {
    if (items.size() <= 1) {
      return items.stream().map(work).toList();
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(width, items.size()));
    try {
      List<Future<R>> futures = new ArrayList<>();
      items.forEach(item -> futures.add(pool.submit(() -> work.apply(item))));
      return collect(futures);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <R> List<R> collect(List<Future<R>> futures) {
    List<R> results = new ArrayList<>();
    RuntimeException failure = null;
    for (Future<R> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        RuntimeException error =
            e.getCause() instanceof RuntimeException known
                ? known
                : new IllegalStateException(e.getCause());
        if (failure == null) {
          failure = error;
        } else {
          failure.addSuppressed(error);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while working on several tables", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }
}
