package io.tidemark.ingest.bronze;

import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table has all of a planned batch or nothing of it. */
final class ProgressByNumber implements BatchProgress {
  private final String token;
  private final long number;

  ProgressByNumber(String pipeline, long number) {
    this.token = BronzeWriter.plannedToken(pipeline);
    this.number = number;
  }

  @Override
  public Map<String, Long> ends(BatchContent content) {
    return Map.of(token, number);
  }

  @Override
  public Missing missing(LakeTable table, Dataset<Row> rows, List<Group> groups) {
    long landed = table.token(token);
    return landed >= number
        ? new Missing(rows, List.of(), false)
        : new Missing(rows, List.of(new CommitToken(token, landed, number)), true);
  }
}
