package io.tidemark.core.event.log;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in SQL Server's transaction log.
 *
 * <p>Transactions are ordered by the LSN of their commit, the changes of one by the LSN of the
 * change, those at one LSN by {@code event_serial_no}: an update takes two of CDC's rows (before
 * and after) and arrives as one event, an update of the key as a delete and a create, with rising
 * numbers. Rows of a snapshot have the greatest commit LSN at its beginning and nothing else.
 * (Debezium's SQL Server connector: {@code commit_lsn}, {@code change_lsn}, {@code
 * event_serial_no}; {@code TxLogPosition}, {@code SqlServerOffsetContext.setChangePosition}.)
 *
 * @param commitLsn 20 hexadecimal digits
 * @param changeLsn 20 hexadecimal digits; zeros for rows of a snapshot
 * @param serial the number of the event at its change LSN; 0 for rows of a snapshot
 */
public record SqlServerPosition(String commitLsn, String changeLsn, long serial)
    implements LogPosition {
  /** The LSN of what has none. */
  public static final String NO_LSN = "0".repeat(20);

  private static final Pattern LSN =
      Pattern.compile("([0-9a-fA-F]{8}):([0-9a-fA-F]{8}):([0-9a-fA-F]{4})");

  /** The digits of an LSN such as {@code 00000027:00000ac0:0002}; empty if it is none. */
  public static Optional<String> lsn(String text) {
    Matcher groups = LSN.matcher(text);
    return groups.matches()
        ? Optional.of(
            (groups.group(1) + groups.group(2) + groups.group(3))
                .toUpperCase(java.util.Locale.ROOT))
        : Optional.empty();
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(61);
    text.append(commitLsn).append('-').append(changeLsn).append('-');
    return FixedWidth.append(text, serial, 19).toString();
  }

  /** Log file and block: a log that begins anew has lower ones, and two bytes fewer fit a long. */
  @Override
  public long commitOrder() {
    return HexFormat.fromHexDigitsToLong(commitLsn.substring(0, 16)) & Long.MAX_VALUE;
  }
}
