package io.tidemark.ingest.bronze;

import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table has all of a planned batch or nothing of it. */
final class ProgressByNumber implements BatchProgress {
  private final String token;
  private final long number;

  ProgressByNumber(String pipeline, long number) {
    this.token = BronzeTokens.planned(pipeline);
    this.number = number;
  }

  long number() {
    return number;
  }

  @Override
  public Map<String, Long> ends(BatchContent content, Holds holds) {
    return Map.of(token, holds.batch(number));
  }

  /** All of the batch: offsets in files come in any order. */
  @Override
  public Map<Partition, Long> heldFrom(Map<Partition, Long> breaks) {
    return Map.of();
  }

  @Override
  public Missing missing(LakeTable table, Dataset<Row> rows, List<Group> groups) {
    long landed = table.token(token);
    return landed >= number
        ? new Missing(rows, List.of(), false)
        : new Missing(rows, List.of(new CommitToken(token, landed, number)), true);
  }
}
