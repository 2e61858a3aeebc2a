package io.tidemark.ingest.bronze;

import io.tidemark.core.event.Origin;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.ingest.decode.Decoded;
import io.tidemark.ingest.order.CommitMark;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches, within one task, that commit orders do not fall while offsets rise. One look-up a
 * change; what one task cannot see is compared by the driver, from the least and the greatest of
 * each task. Not thread-safe.
 */
final class CommitWatch {
  private record Run(String table, String topic, int partition) {}

  private static final class Highest {
    private long offset = -1;
    private long order = LogPosition.UNKNOWN;
  }

  private final Map<Run, Highest> runs = new HashMap<>();

  /**
   * The floor of a change for its column, null if it may stand anywhere.
   *
   * @return its bitwise complement, which is negative, if this task has passed it already, or does
   *     not read the partition in the order of its offsets
   */
  Long floor(Decoded.Change change, Origin origin) {
    CommitMark mark = change.mark();
    if (mark.order() == LogPosition.UNKNOWN) {
      return null;
    }
    Highest highest =
        runs.computeIfAbsent(
            new Run(change.table(), origin.topic(), origin.partition()), run -> new Highest());
    boolean passed = mark.floor() < highest.order || origin.offset() < highest.offset;
    highest.order = Math.max(highest.order, mark.order());
    highest.offset = origin.offset();
    if (mark.floor() == CommitMark.EXEMPT) {
      return null;
    }
    return passed ? ~mark.floor() : mark.floor();
  }
}
