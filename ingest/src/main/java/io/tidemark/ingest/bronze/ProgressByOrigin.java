package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * For records that come late and in any order: a table lacks those whose origin it does not have.
 *
 * <p>What a table has is told by its rows; the token only moves so that of two replays at the same
 * time one fails.
 */
record ProgressByOrigin(String pipeline) implements BatchProgress {
  static String token(String pipeline) {
    return "replay/" + pipeline;
  }

  @Override
  public Map<String, Long> ends(BatchContent content, Holds holds) {
    return Map.of();
  }

  @Override
  public Map<Partition, Long> heldFrom(Map<Partition, Long> breaks) {
    return breaks;
  }

  @Override
  public Missing missing(LakeTable table, Dataset<Row> rows, List<Group> groups) {
    long planned = table.token(token(pipeline));
    Dataset<Row> present =
        table
            .read()
            .filter(within(groups))
            .select(BronzeColumns.TOPIC, BronzeColumns.PARTITION, BronzeColumns.OFFSET);
    Dataset<Row> missing =
        rows.join(
            present,
            new String[] {BronzeColumns.TOPIC, BronzeColumns.PARTITION, BronzeColumns.OFFSET},
            "left_anti");
    CommitToken next = new CommitToken(token(pipeline), planned, planned + 1);
    return new Missing(missing, List.of(next), false);
  }

  /** Lets files be skipped that hold none of these offsets. */
  private static Column within(List<Group> groups) {
    return groups.stream()
        .map(
            group ->
                col(BronzeColumns.TOPIC)
                    .equalTo(group.topic())
                    .and(col(BronzeColumns.PARTITION).equalTo(group.partition()))
                    .and(col(BronzeColumns.OFFSET).between(group.first(), group.last())))
        .reduce(Column::or)
        .orElseThrow();
  }
}
