package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.error.Errors;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Appends the rows of a batch that a table does not have yet, with the proof that it has them. */
final class BronzeAppend {
  /** A file of so many change rows is some tens of megabytes. */
  private static final long ROWS_PER_FILE = 250_000;

  private final BatchProgress progress;
  private final LakeTable table;

  BronzeAppend(BatchProgress progress, LakeTable table) {
    this.progress = progress;
    this.table = table;
  }

  /** Appends in one commit, with no other tokens than the proof. */
  Counts append(Dataset<Row> rows, List<Group> groups, Count kind) {
    return append(rows, groups, kind, List.of());
  }

  /**
   * Appends in one commit.
   *
   * @param rows the rows, with at least the table's columns
   * @param groups what the rows are, by partition
   * @param kind what an appended row counts as
   * @param more tokens to commit with the proof
   */
  Counts append(Dataset<Row> rows, List<Group> groups, Count kind, List<CommitToken> more) {
    BatchProgress.Missing missing = progress.missing(table, rows, groups);
    long records = groups.stream().mapToLong(Group::records).sum();
    long appended =
        missing.tokens().isEmpty()
            ? 0
            : table.append(
                shaped(missing.rows(), records),
                Stream.concat(missing.tokens().stream(), more.stream()).toList());
    if (missing.all() && appended != records) {
      throw Errors.unaccountedRows(
          "an append to " + table, "%d counted, %d written".formatted(records, appended));
    }
    return new Counts().add(kind, appended).add(Count.REPLAYED, records - appended);
  }

  private Dataset<Row> shaped(Dataset<Row> rows, long records) {
    Column[] columns =
        Arrays.stream(table.schema().fieldNames())
            .map(n -> col("`" + n + "`"))
            .toArray(Column[]::new);
    return rows.select(columns).coalesce((int) (1 + records / ROWS_PER_FILE));
  }
}
