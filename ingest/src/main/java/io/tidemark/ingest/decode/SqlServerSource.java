package io.tidemark.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.event.log.SqlServerPosition;

/**
 * Of Debezium's SQL Server connector: {@code commit_lsn}, {@code change_lsn}, {@code
 * event_serial_no}.
 */
final class SqlServerSource extends SourceBlock {

  SqlServerSource(JsonNode source) {
    super(source);
  }

  @Override
  LogPosition log() {
    String commit =
        SqlServerPosition.lsn(text("commit_lsn"))
            .orElseThrow(() -> missing("'commit_lsn' like 00000027:00000ac0:0002"));
    String change = text("change_lsn");
    return new SqlServerPosition(
        commit,
        change.isEmpty()
            ? SqlServerPosition.NO_LSN
            : SqlServerPosition.lsn(change)
                .orElseThrow(() -> missing("'change_lsn' like 00000027:00000ac0:0002")),
        number("event_serial_no", 0));
  }

  /** The connector calls a transaction by the LSN of its commit. */
  @Override
  String transaction() {
    return text("commit_lsn");
  }
}
