package io.tidemark.core.event;

import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.event.log.PostgresPosition;
import java.io.Serializable;

/**
 * The place of a change in its source's log, as text whose byte order is the order of changes.
 *
 * <p>The text is what bronze, silver and the guard of the merge compare: {@code
 * epoch.log.phase.topic.partition.offset}. The epoch is raised by an operator when a source starts
 * its log anew; {@code log} is the connector's own position with a fixed width; the phase puts a
 * snapshot row before a streamed change of the same log position; the origin decides between equal
 * positions, so that the order is total and never depends on a clock.
 *
 * @param text the encoded form
 */
public record Position(String text) implements Comparable<Position>, Serializable {
  /** Epoch, log position and phase; none of them has a dot. */
  private static final int LOG_PARTS = 3;

  /** The epoch of every table until an operator declares another. */
  public static final int FIRST_EPOCH = 0;

  /** The greatest epoch that the text has room for. */
  public static final int LAST_EPOCH = 9_999;

  /** Whether a change was read by a snapshot or streamed from the log. */
  public enum Phase {
    SNAPSHOT('0'),
    STREAM('1');

    private final char digit;

    Phase(char digit) {
      this.digit = digit;
    }
  }

  /** The position of a PostgreSQL change in the first epoch. */
  public static Position ofPostgres(long lsn, Phase phase, Origin origin) {
    return of(FIRST_EPOCH, new PostgresPosition(lsn, LogPosition.UNKNOWN), phase, origin);
  }

  /**
   * A change's position.
   *
   * @param epoch how often an operator has declared that the source's log began anew
   * @param log where the change stands in it
   */
  public static Position of(int epoch, LogPosition log, Phase phase, Origin origin) {
    StringBuilder text = new StringBuilder(64 + origin.topic().length());
    appendPadded(text, epoch, 4).append('.').append(log.text());
    text.append('.').append(phase.digit).append('.').append(origin.topic()).append('.');
    appendPadded(text, origin.partition(), 6).append('.');
    appendPadded(text, origin.offset(), 19);
    return new Position(text.toString());
  }

  /**
   * The least text of all positions that share a position's epoch, log position and phase: every
   * row of a snapshot is later, every change before the snapshot is earlier.
   */
  public static String beginning(String position) {
    int end = -1;
    for (int part = 0; part < LOG_PARTS; part++) {
      end = position.indexOf('.', end + 1);
      if (end < 0) {
        throw new IllegalArgumentException("Invalid position: " + position);
      }
    }
    return position.substring(0, end);
  }

  /** A text behind all positions that have this {@link #beginning}. */
  public static String end(String beginning) {
    return beginning + (char) ('.' + 1);
  }

  private static StringBuilder appendPadded(StringBuilder text, long value, int width) {
    String digits = Long.toString(value);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }

  @Override
  public int compareTo(Position other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
