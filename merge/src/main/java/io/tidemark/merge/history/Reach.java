package io.tidemark.merge.history;

import static io.tidemark.core.table.SqlNames.literal;

import io.tidemark.core.lake.HistoryColumns;
import java.time.Instant;

/**
 * From where on a batch can change history. Intervals that ended before it keep their values, their
 * ends, and no later time than the batch has: they need not be read.
 *
 * @param place the first place of the log among the batch's changes
 * @param time the least source time among them
 */
record Reach(String place, Instant time) {

  /** The reach of two batches together. */
  Reach and(Reach other) {
    return new Reach(
        place.compareTo(other.place) <= 0 ? place : other.place,
        time.compareTo(other.time) <= 0 ? time : other.time);
  }

  /**
   * SQL condition for the intervals within reach; made of columns whose least and greatest value in
   * each file the table knows, so that files of older intervals are not opened.
   *
   * @param alias the table's name and a dot, or nothing
   */
  String condition(String alias) {
    return "(%1$s%2$s IS NULL OR %1$s%2$s >= %3$s OR %1$s%4$s > TIMESTAMP %5$s)"
        .formatted(
            alias,
            HistoryColumns.END_POSITION,
            literal(place),
            HistoryColumns.VALID_TO,
            literal(time.toString()));
  }

  /** Whether something with a position and a time lies within it. */
  boolean contains(String position, Instant at) {
    return position.compareTo(place) >= 0 || (at != null && at.isAfter(time));
  }
}
