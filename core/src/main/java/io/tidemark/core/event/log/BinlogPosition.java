package io.tidemark.core.event.log;

import java.util.OptionalLong;

/**
 * A place in the binary logs of MySQL or MariaDB.
 *
 * <p>Within one server, file number, event position and row order everything: the binary log is
 * written in the order of commits, and one event may hold many rows ({@code source.row}). A change
 * of primary begins other files at other numbers. With GTIDs the order goes on: a transaction keeps
 * its GTID on every server, and its number rises within its source (MySQL: the server's UUID;
 * MariaDB: the domain, whatever server of it is primary). The order <em>between</em> sources is in
 * no event, so it is learnt when a batch first shows them, as a number called timeline.
 *
 * <p>The text is {@code timeline-transaction-file-position-row}. Without GTID the first two are
 * zero, and so they are for rows of a first snapshot, which carry file and position only: they lose
 * to every change with a GTID. (Debezium's MySQL connector: {@code file}, {@code pos}, {@code row},
 * {@code gtid}; {@code BinlogSourceInfoStructMaker}.)
 *
 * @param timeline the ordinal of the transaction's source, 0 without GTID
 * @param transaction the GTID's transaction number, 0 without GTID
 * @param file the number at the end of the binary log's file name
 * @param position where the event stands in the file
 * @param row the number of the row within the event
 */
public record BinlogPosition(int timeline, long transaction, long file, long position, long row)
    implements LogPosition {
  /** The greatest ordinal of a timeline. */
  public static final int MAX_TIMELINE = 9_999;

  /** Tells commit orders with a timeline from those of files. */
  private static final long WITH_TIMELINE = 1L << 62;

  private static final int TRANSACTION_BITS = 48;
  private static final int OFFSET_BITS = 40;

  /** A place without GTID. */
  public static BinlogPosition of(long file, long position, long row) {
    return new BinlogPosition(0, 0, file, position, row);
  }

  /** The file's number: {@code mysql-bin.000042} is 42; empty if its name ends in none. */
  public static OptionalLong fileNumber(String name) {
    String digits = name.substring(name.lastIndexOf('.') + 1);
    return digits.matches("[0-9]{1,6}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(67);
    FixedWidth.append(text, timeline, 5).append('-');
    FixedWidth.append(text, transaction, 19).append('-');
    FixedWidth.append(text, file, 10).append('-');
    FixedWidth.append(text, position, 19).append('-');
    return FixedWidth.append(text, row, 10).toString();
  }

  @Override
  public long commitOrder() {
    return timeline == 0
        ? (file << OFFSET_BITS) + Math.min(position, (1L << OFFSET_BITS) - 1)
        : commitOrder(timeline, transaction);
  }

  /** The commit order of a transaction of a timeline. */
  public static long commitOrder(int timeline, long transaction) {
    return WITH_TIMELINE
        + ((long) timeline << TRANSACTION_BITS)
        + Math.min(transaction, (1L << TRANSACTION_BITS) - 1);
  }

  /** The timeline of a commit order, 0 for one that has none. */
  public static int timelineOf(long commitOrder) {
    return commitOrder < WITH_TIMELINE
        ? 0
        : (int) ((commitOrder - WITH_TIMELINE) >> TRANSACTION_BITS);
  }

  /** The transaction's number in a commit order that {@link #commitOrder(int, long)} made. */
  public static long transactionOf(long commitOrder) {
    return commitOrder & ((1L << TRANSACTION_BITS) - 1);
  }
}
