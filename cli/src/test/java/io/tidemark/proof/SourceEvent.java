package io.tidemark.proof;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a generated source's log.
 *
 * @param position its place in the log; entries of one statement may share one
 * @param time the source's clock
 * @param kind what happened
 * @param key the row; null for a truncate
 * @param before the row before, where the source logs it; null else
 * @param after the row after, {@link Cell#UNAVAILABLE} where the source did not log a value; null
 *     for deletes and truncates
 * @param version the number of the table's schema at that time
 * @param moved the other key of a change of the key
 */
record SourceEvent(
    long position,
    Instant time,
    Kind kind,
    Key key,
    Map<String, Cell> before,
    Map<String, Cell> after,
    int version,
    Optional<Key> moved) {

  /** What happened. */
  enum Kind {
    SNAPSHOT("r"),
    INCREMENTAL("r"),
    CREATE("c"),
    UPDATE("u"),
    DELETE("d"),
    TRUNCATE("t"),
    /** A row that a backfill read later than its place in the log. */
    BACKFILL("r"),
    /** A key that a backfill looked for in vain. */
    BACKFILL_GONE("d");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The envelope's {@code op}. */
    String code() {
      return code;
    }
  }

  boolean isStreamed() {
    return kind != Kind.SNAPSHOT && kind != Kind.INCREMENTAL && !isBackfilled();
  }

  /** Whether it does not come from the log. */
  boolean isBackfilled() {
    return kind == Kind.BACKFILL || kind == Kind.BACKFILL_GONE;
  }

  boolean isDelete() {
    return kind == Kind.DELETE || kind == Kind.BACKFILL_GONE;
  }

  boolean lacksValues() {
    return after != null && after.containsValue(Cell.UNAVAILABLE);
  }

  /** Whether it comes after the other in the source's order; both of one key, or one a truncate. */
  boolean isAfter(SourceEvent other) {
    return position > other.position
        || (position == other.position && isStreamed() && !other.isStreamed());
  }
}
