package io.tidemark.core.event.log;

import java.time.Duration;

/**
 * A place in MongoDB's oplog, as far as the events tell it.
 *
 * <p>The oplog is ordered by cluster time: seconds, and a count within the second ({@code ord}). Up
 * to MongoDB 5 the event's {@code ts_ms} is those seconds. From MongoDB 6 on it is the wall clock
 * of the change ({@code wallTime}), whose second need not be the one that {@code ord} counts in:
 * there the wall clock orders, in milliseconds, and changes of the same millisecond keep the order
 * of their offsets. The changes of one transaction share one place in either case. Documents that a
 * snapshot read carry the oplog's place at its beginning. (Debezium's MongoDB connector: {@code
 * MongoDbSourceInfoStructMaker}, {@code SourceInfo.timestamp()}.)
 *
 * @param millis cluster time or wall clock, since 1970
 * @param ordinal the count within the second; 0 where {@code millis} is a wall clock
 * @param clock what {@code millis} is
 */
public record MongoPosition(long millis, long ordinal, Clock clock) implements LogPosition {
  /** Clocks of servers that follow each other as primary differ; this much is no restart. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  /** What an event's time is. */
  public enum Clock {
    /** The oplog's own, which never runs backwards. */
    CLUSTER,
    /** The primary's, which may. */
    WALL
  }

  @Override
  public String text() {
    StringBuilder text = FixedWidth.append(new StringBuilder(26), millis, 15).append('-');
    return FixedWidth.append(text, ordinal, 10).toString();
  }

  @Override
  public long commitOrder() {
    return millis;
  }

  @Override
  public long slack() {
    return clock == Clock.WALL ? CLOCKS_DIFFER.toMillis() : 0;
  }
}
