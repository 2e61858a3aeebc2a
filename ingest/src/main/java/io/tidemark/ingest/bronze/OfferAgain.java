package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Appends bronze rows again that silver could not take, so that the merge sees them again.
 *
 * <p>A letter that was written n times needs its row n + 1 times in bronze: rows that are there
 * already come from a replay that was cut off.
 */
final class OfferAgain {
  private static final String[] ORIGIN = {
    BronzeColumns.TOPIC, BronzeColumns.PARTITION, BronzeColumns.OFFSET
  };

  private final String table;
  private final LakeTable bronze;
  private final String token;

  OfferAgain(String table, LakeTable bronze, String pipeline) {
    this.table = table;
    this.bronze = bronze;
    this.token = ProgressByOrigin.token(pipeline);
  }

  Counts run(Dataset<Row> letters, Instant now) {
    long planned = bronze.token(token);
    Column row =
        struct(
            Arrays.stream(bronze.schema().fieldNames())
                .map(name -> col("`" + name + "`"))
                .toArray(Column[]::new));
    Dataset<Row> wanted =
        letters.select(
            col(BronzeColumns.TOPIC),
            col(BronzeColumns.PARTITION),
            col(BronzeColumns.OFFSET),
            col(DeadLetterColumns.WRITTEN));
    Dataset<Row> found =
        bronze
            .read()
            .join(wanted, ORIGIN, "inner")
            .groupBy(col(ORIGIN[0]), col(ORIGIN[1]), col(ORIGIN[2]), col(DeadLetterColumns.WRITTEN))
            .agg(count(lit(1)).as("offered"), first(row).as("row"))
            .localCheckpoint();
    long letterCount = letters.count();
    if (found.count() < letterCount) {
      throw Errors.letterRowsGone(table, letterCount - found.count());
    }
    Dataset<Row> missing =
        found
            .filter(col("offered").leq(col(DeadLetterColumns.WRITTEN)))
            .select("row.*")
            .withColumn(BronzeColumns.LANDED_AT, lit(now))
            .withColumn(BronzeColumns.LANDED_DATE, lit(now).cast("date"));
    long landed =
        bronze.append(missing.coalesce(1), List.of(new CommitToken(token, planned, planned + 1)));
    return new Counts()
        .add(Count.READ, letterCount)
        .add(Count.LANDED, landed)
        .add(Count.REPLAYED, letterCount - landed);
  }
}
