package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Appends the rows of a batch that a table does not have yet, with the offsets they end at. */
final class OffsetAppend {
  /** A file of so many change rows is some tens of megabytes. */
  private static final long ROWS_PER_FILE = 250_000;

  private final String pipeline;
  private final LakeTable table;

  OffsetAppend(String pipeline, LakeTable table) {
    this.pipeline = pipeline;
    this.table = table;
  }

  /**
   * Appends in one commit.
   *
   * @param rows the rows, with at least the table's columns
   * @param groups what the rows are, by partition
   * @param kind what an appended row counts as
   */
  Counts append(Dataset<Row> rows, List<Group> groups, Count kind) {
    Map<String, Long> landed = table.tokens(BronzeWriter.tokenPrefix(pipeline));
    List<CommitToken> tokens = new ArrayList<>();
    Dataset<Row> missing = rows;
    for (Map.Entry<Partition, Long> end : BatchContent.ends(groups).entrySet()) {
      Partition partition = end.getKey();
      String name = BronzeWriter.token(pipeline, partition.topic(), partition.number());
      long next = landed.getOrDefault(name, CommitToken.NONE);
      if (next > first(groups, partition)) {
        missing = missing.filter(not(before(partition, next)));
      }
      if (end.getValue() > next) {
        tokens.add(new CommitToken(name, next, end.getValue()));
      }
    }
    long records = groups.stream().mapToLong(Group::records).sum();
    boolean overlaps = missing != rows;
    long appended = tokens.isEmpty() ? 0 : table.append(shaped(missing, records), tokens);
    if (!overlaps && appended != records) {
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

  private static Column before(Partition partition, long offset) {
    return col(BronzeColumns.TOPIC)
        .equalTo(partition.topic())
        .and(col(BronzeColumns.PARTITION).equalTo(partition.number()))
        .and(col(BronzeColumns.OFFSET).lt(offset));
  }

  private static long first(List<Group> groups, Partition partition) {
    return groups.stream()
        .filter(g -> g.topic().equals(partition.topic()) && g.partition() == partition.number())
        .mapToLong(Group::first)
        .min()
        .orElseThrow();
  }
}
