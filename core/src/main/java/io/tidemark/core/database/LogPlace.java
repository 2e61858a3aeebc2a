package io.tidemark.core.database;

import io.tidemark.core.error.Errors;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Where a database's log stood, in the words of the {@code source} block of its change events.
 *
 * <p>A row that is read in a view which holds every change up to the place may be put there: it
 * beats all that led to it, and is beaten by every change behind the place, of which the view may
 * hold some already.
 *
 * @param fields numbers and texts by the block's names
 * @param clock the database's clock then: rows that are put there changed by then, as far as is
 *     known, and every change behind the place is later
 */
public record LogPlace(Map<String, Object> fields, Instant clock) implements Serializable {
  /** The field with the place of a view among all views, for tables that are polled. */
  public static final String VIEW = "place";

  /** Keeps a copy that can be serialized. */
  public LogPlace {
    fields = new LinkedHashMap<>(fields);
  }

  /**
   * Where a database's log stands now. Every view that is opened afterwards holds all up to there.
   *
   * @param wait called before each further look at transactions that are open still; false to give
   *     up
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it has no such log, 4 if
   *     it does not answer, or a transaction stays open for longer than is waited
   */
  public static LogPlace now(SourceDatabase database, BooleanSupplier wait) {
    LogPlace place;
    try (Snapshot snapshot = database.snapshot()) {
      place = snapshot.dialect().logPlace(snapshot);
      if (!snapshot.dialect().numbersTransactions()) {
        return place;
      }
    }
    // A change is in the log before its transaction is over, and only then in a view.
    long begun = moment(database).next();
    long oldest = moment(database).oldestOpen();
    while (oldest < begun) {
      if (!wait.getAsBoolean()) {
        throw Errors.unavailable(
            "Cannot tell what %s has committed: transaction %d and perhaps others have been open"
                    .formatted(database, oldest)
                + " since before the place in its log was taken",
            "Wait longer (--wait), or look for it in pg_stat_activity and pg_prepared_xacts",
            null);
      }
      oldest = moment(database).oldestOpen();
    }
    return place;
  }

  private static Moment moment(SourceDatabase database) {
    try (Snapshot snapshot = database.snapshot()) {
      return snapshot.moment();
    }
  }

  /** Its clock, in microseconds since 1970. */
  public long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock);
  }

  /** Of a table that has no log but the views of it. */
  public static LogPlace of(Moment moment) {
    return new LogPlace(Map.of(VIEW, moment.place()), moment.clock());
  }
}
