package io.tidemark.core.run;

import io.tidemark.core.error.ExitCode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one step of a run did to one table: a row of the lake's run records.
 *
 * @param runId the run; the same for all its steps
 * @param pipeline the pipeline's name
 * @param step what was done
 * @param table the table or mart it was done to; {@code *} for an ingest batch over many topics
 * @param startedAt when the step began
 * @param endedAt when it ended
 * @param counts rows by what became of them
 * @param newestSourceTime the source's time of the newest change in it, if it had any
 * @param detail what else a reader wants to know, such as versions and offsets
 * @param outcome how it ended
 * @param error the error's message if it failed
 */
public record StepRecord(
    String runId,
    String pipeline,
    Step step,
    String table,
    Instant startedAt,
    Instant endedAt,
    Counts counts,
    Optional<Instant> newestSourceTime,
    String detail,
    ExitCode outcome,
    Optional<String> error) {

  /** The kinds of steps, in the order of the data. */
  public enum Step {
    INGEST,
    MERGE,
    HISTORY,
    /** The checks of a table were looked at, which is named with its layer; no rows are counted. */
    CHECK,
    GOLD,
    /** Dead letters were tried again; rows are letters. */
    REPLAY,
    /** Rows or older changes of one table were landed, beside the pipeline's own source. */
    BACKFILL,
    /** An operator let records go that were lost before they landed. */
    RECOVER,
    /** The keys of a polled table were compared with its source's; rows are keys that are gone. */
    SWEEP
  }

  /** What can become of a row; {@link #READ} is what came in, all others what came of it. */
  public enum Count {
    READ,
    LANDED,
    /** Recognised as something that is not a row: tombstone, heartbeat, transaction marker. */
    IGNORED,
    DEAD_LETTERED,
    /** Already in the lake: from a run that was cut off, or delivered again. */
    REPLAYED,
    /** Not landed, because its table is held until an operator decides; will be read again. */
    HELD,
    /** Overtaken by a later change of the same key in the same step. */
    FOLDED,
    INSERTED,
    UPDATED,
    DELETED,
    /** Not later than what the table already had, or a delete of a row it did not have. */
    OLDER,
    QUARANTINED,
    /** A truncate, which concerns all rows and is none. */
    TRUNCATES
  }

  /** Rows by what became of them. */
  public static final class Counts {
    private final EnumMap<Count, Long> values = new EnumMap<>(Count.class);

    /** No rows. */
    public static Counts none() {
      return new Counts();
    }

    /** Adds rows to one count and returns this. */
    public Counts add(Count count, long rows) {
      values.merge(count, rows, Long::sum);
      return this;
    }

    /** Adds all of another's rows and returns this. */
    public Counts addAll(Counts other) {
      other.values.forEach(this::add);
      return this;
    }

    /** The rows of one count. */
    public long of(Count count) {
      return values.getOrDefault(count, 0L);
    }

    /** Rows that came in and are in none of the other counts; anything but 0 is a bug. */
    public long unaccounted() {
      long out = 0;
      for (Map.Entry<Count, Long> entry : values.entrySet()) {
        if (entry.getKey() != Count.READ) {
          out += entry.getValue();
        }
      }
      return of(Count.READ) - out;
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }
}
