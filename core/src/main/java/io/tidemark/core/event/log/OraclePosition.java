package io.tidemark.core.event.log;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in Oracle's redo logs.
 *
 * <p>A transaction's changes become visible at {@code commit_scn}, and that orders transactions: a
 * row is locked until its change has committed. All changes of one transaction share it; among them
 * {@code scn}, then the transaction's own count {@code txSeq} (LogMiner), then the redo record
 * {@code rs_id} and the number within it {@code ssn} tell which came first; what shares all of them
 * keeps the order of its offsets. Rows of a snapshot carry the {@code scn} they were read as of and
 * no {@code commit_scn}: they hold all that had committed by then. (Debezium's Oracle connector:
 * {@code OracleSourceInfoStructMaker}, {@code BufferedLogMinerStreamingChangeEventSource}.)
 *
 * @param commitScn when the transaction committed
 * @param scn when the change was made
 * @param sequence the number of the change in its transaction, 0 if unknown
 * @param redo the redo record as 20 hexadecimal digits, zeros if unknown
 * @param ssn the number within the redo record, 0 if unknown
 */
public record OraclePosition(
    BigInteger commitScn, BigInteger scn, long sequence, String redo, long ssn)
    implements LogPosition {
  /** The redo record of what has none. */
  public static final String NO_REDO = "0".repeat(20);

  private static final Pattern REDO =
      Pattern.compile(
          "\\s*(?:0x)?([0-9a-fA-F]{1,8})\\.([0-9a-fA-F]{1,8})\\.([0-9a-fA-F]{1,4})\\s*");
  private static final int SCN_DIGITS = 20;

  /** The digits of a redo record such as {@code 0x001234.00012345.0124}; empty if it is none. */
  public static Optional<String> redo(String text) {
    Matcher groups = REDO.matcher(text);
    if (!groups.matches()) {
      return Optional.empty();
    }
    String digits = pad(groups.group(1), 8) + pad(groups.group(2), 8) + pad(groups.group(3), 4);
    return Optional.of(digits.toUpperCase(java.util.Locale.ROOT));
  }

  private static String pad(String digits, int width) {
    return "0".repeat(width - digits.length()) + digits;
  }

  /** A system change number; empty if the text is none. */
  public static Optional<BigInteger> scn(String text) {
    return text.matches("[0-9]{1," + SCN_DIGITS + "}")
        ? Optional.of(new BigInteger(text))
        : Optional.empty();
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(103);
    FixedWidth.append(text, commitScn, SCN_DIGITS).append('-');
    FixedWidth.append(text, scn, SCN_DIGITS).append('-');
    FixedWidth.append(text, sequence, 19).append('-');
    return FixedWidth.append(text.append(redo).append('-'), ssn, 19).toString();
  }

  @Override
  public long commitOrder() {
    return commitScn.bitLength() < Long.SIZE ? commitScn.longValue() : Long.MAX_VALUE;
  }
}
