package io.tidemark.core.event.log;

import java.util.HexFormat;

/**
 * A place in PostgreSQL's write-ahead log.
 *
 * <p>The LSN of the change orders the changes of one row: a second transaction can change a row
 * only after the first one that did has committed, so its record stands later in the log. Between
 * rows it is not the order of arrival, because transactions arrive whole, in the order of their
 * commits, and their records overlap: {@code source.sequence[0]}, the LSN of the last commit before
 * the event, is what never falls. (Debezium's PostgreSQL connector: {@code lsn}, {@code sequence};
 * {@code SourceInfo.sequence()}.) Several changes may share one LSN (COPY): the origin decides.
 *
 * <p>Rows of a snapshot carry the LSN at which it began. Rows of an incremental snapshot have no
 * {@code lsn}, only {@code sequence[1]}: where in the log their window was closed.
 *
 * @param lsn the log sequence number of the change, as a number of bytes
 * @param lastCommit the LSN of the last commit before it, or {@link LogPosition#UNKNOWN}
 */
public record PostgresPosition(long lsn, long lastCommit) implements LogPosition {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  @Override
  public String text() {
    return HEX.toHexDigits(lsn);
  }

  @Override
  public long commitOrder() {
    return lastCommit;
  }
}
