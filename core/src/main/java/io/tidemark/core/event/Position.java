package io.tidemark.core.event;

import java.io.Serializable;
import java.util.HexFormat;

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
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int FIRST_EPOCH = 0;

  /** Whether a change was read by a snapshot or streamed from the log. */
  public enum Phase {
    SNAPSHOT('0'),
    STREAM('1');

    private final char digit;

    Phase(char digit) {
      this.digit = digit;
    }
  }

  /**
   * The position of a PostgreSQL change.
   *
   * <p>The LSN orders all changes of one row: a second transaction can change a row only after the
   * first one that did has committed, so its record stands later in the log. (Debezium PostgreSQL
   * connector, {@code source.lsn}; a snapshot's rows carry the LSN at which it began.)
   *
   * @param lsn the log sequence number of the change, as a number of bytes
   */
  public static Position ofPostgres(long lsn, Phase phase, Origin origin) {
    StringBuilder text = new StringBuilder(64 + origin.topic().length());
    appendPadded(text, FIRST_EPOCH, 4).append('.').append(HEX.toHexDigits(lsn));
    text.append('.').append(phase.digit).append('.').append(origin.topic()).append('.');
    appendPadded(text, origin.partition(), 6).append('.');
    appendPadded(text, origin.offset(), 19);
    return new Position(text.toString());
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
