package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.event.log.PostgresPosition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Of Debezium's PostgreSQL connector: {@code lsn}, {@code sequence}, {@code txId}. Rows of an
 * incremental snapshot have only {@code sequence} ({@code PostgresSourceInfoStructMaker}).
 */
final class PostgresSource extends SourceBlock {
  /** A JSON array of the last commit's LSN and the event's, as text, each possibly null. */
  private static final Pattern SEQUENCE =
      Pattern.compile("\\[(?:\"([0-9]{1,19})\"|null),\\s*(?:\"([0-9]{1,19})\"|null)]");

  PostgresSource(JsonNode source) {
    super(source);
  }

  @Override
  LogPosition log() {
    Matcher sequence = SEQUENCE.matcher(text("sequence"));
    boolean known = sequence.matches();
    JsonNode lsn = field("lsn");
    if (lsn.isIntegralNumber() && lsn.canConvertToLong()) {
      return new PostgresPosition(lsn.longValue(), number(known ? sequence.group(1) : null));
    }
    boolean incremental = text("snapshot").equals("incremental");
    if (incremental && known && sequence.group(2) != null) {
      return new PostgresPosition(Long.parseLong(sequence.group(2)), LogPosition.UNKNOWN);
    }
    throw missing("numeric 'lsn'");
  }

  private static long number(String digits) {
    return digits == null ? LogPosition.UNKNOWN : Long.parseLong(digits);
  }

  @Override
  String transaction() {
    JsonNode number = field("txId");
    return number.isIntegralNumber() ? number.asText() : null;
  }
}
