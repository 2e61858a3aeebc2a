package io.tidemark.ingest.letters;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Records what was decided about letters. Planned when it is made: if another process decides
 * meanwhile, recording fails, and nothing is recorded twice.
 */
final class LetterDecisions {
  private final LakeTable table;
  private final RunContext context;
  private final String token;
  private long planned;

  LetterDecisions(Lake lake, RunContext context) {
    this.table = DeadLetterColumns.openDecisions(lake);
    this.context = context;
    this.token = "dead-letters/" + context.pipeline();
    this.planned = table.token(token);
  }

  /**
   * Records in one commit.
   *
   * @param decided rows with the letter's id, how often it was written, decision, reason, message
   *     and note
   * @return how many were recorded
   */
  long record(Dataset<Row> decided) {
    Instant now = context.clock().instant();
    Dataset<Row> rows =
        decided
            .withColumn(DeadLetterColumns.PIPELINE, lit(context.pipeline()))
            .withColumn(DeadLetterColumns.RUN, lit(context.runId()))
            .withColumn(DeadLetterColumns.DECIDED_BY, lit(System.getProperty("user.name", "")))
            .withColumn(DeadLetterColumns.DECIDED_AT, lit(now));
    Column[] columns =
        Arrays.stream(DeadLetterColumns.decisions().fieldNames())
            .map(name -> col("`" + name + "`"))
            .toArray(Column[]::new);
    CommitToken next = new CommitToken(token, planned, planned + 1);
    long recorded = table.append(rows.select(columns).coalesce(1), List.of(next));
    planned = next.next();
    return recorded;
  }
}
