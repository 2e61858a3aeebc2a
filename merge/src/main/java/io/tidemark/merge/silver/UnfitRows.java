package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Rule 11: rows that were written with a schema which their table cannot take become dead letters,
 * and hold nothing else up. A delete has no row, and is applied whatever its schema.
 *
 * @param unfit fingerprints of such schemas, and why
 * @param operations the operations whose rows count
 */
public record UnfitRows(Map<String, String> unfit, List<String> operations) {
  private static final String REASON = "INCOMPATIBLE_SCHEMA";

  /** Of a table of current rows, or of events, where a delete has a row, too. */
  public static UnfitRows of(SilverPlan plan, TableSpec spec) {
    return new UnfitRows(
        plan.unfit(), spec.appendOnly() ? List.of("c", "u", "r", "d") : List.of("c", "u", "r"));
  }

  /** Whether there are no such schemas. */
  public boolean areNone() {
    return unfit.isEmpty();
  }

  /** Of bronze rows, those that the table takes. */
  public Dataset<Row> without(Dataset<Row> changes) {
    return areNone() ? changes : changes.filter(not(isUnfit()));
  }

  private Column isUnfit() {
    return col(BronzeColumns.SCHEMA)
        .isin(unfit.keySet().toArray())
        .and(col(BronzeColumns.OPERATION).isin(operations.toArray()));
  }

  /**
   * Writes dead letters for those of a batch, once for each time that a row has landed; returns how
   * many the batch has.
   *
   * @param batch the bronze versions of the batch
   */
  public long keep(
      Lake lake,
      String pipeline,
      String table,
      Dataset<Row> changes,
      CommitToken batch,
      Instant now) {
    long number = changes.filter(isUnfit()).count();
    if (number > 0) {
      LakeTable letters = DeadLetterColumns.open(lake);
      LakeTable bronze = lake.bronze(table);
      String name = "unfit/" + pipeline + "/" + bronze.id();
      // Silver and history of a table find the same rows, maybe at the same time.
      synchronized (UnfitRows.class) {
        // A step that was cut off comes again with the same rows, and perhaps more.
        long known = letters.token(name);
        if (known < batch.next()) {
          Dataset<Row> found =
              known <= batch.expected() ? changes : bronze.appendedBetween(known, batch.next());
          Dataset<Row> rows = letters(found.filter(isUnfit()), pipeline, table, now);
          letters.append(
              rows.select(columns(letters)).coalesce(1),
              List.of(new CommitToken(name, known, batch.next())));
        }
      }
    }
    return number;
  }

  private static Column[] columns(LakeTable letters) {
    return Arrays.stream(letters.schema().fields())
        .map(field -> col(field.name()).cast(field.dataType()).as(field.name()))
        .toArray(Column[]::new);
  }

  private Dataset<Row> letters(Dataset<Row> rows, String pipeline, String table, Instant now) {
    Column message = functions.lit("");
    for (Map.Entry<String, String> entry : unfit.entrySet()) {
      message =
          functions
              .when(col(BronzeColumns.SCHEMA).equalTo(entry.getKey()), lit(entry.getValue()))
              .otherwise(message);
    }
    return rows.withColumn(
            DeadLetterColumns.ID,
            concat_ws(
                "/",
                col(BronzeColumns.TOPIC),
                col(BronzeColumns.PARTITION),
                col(BronzeColumns.OFFSET)))
        .withColumn(DeadLetterColumns.MESSAGE, message)
        .withColumn(DeadLetterColumns.PIPELINE, lit(pipeline))
        .withColumn(DeadLetterColumns.TABLE, lit(table))
        .withColumn(DeadLetterColumns.REASON, lit(REASON))
        .withColumn(DeadLetterColumns.KEY, col(BronzeColumns.KEY).cast("binary"))
        .withColumn(
            DeadLetterColumns.VALUE,
            coalesce(col(BronzeColumns.AFTER), col(BronzeColumns.BEFORE)).cast("binary"))
        .withColumn(DeadLetterColumns.HEADERS, lit(null))
        .withColumn(DeadLetterColumns.FIRST_SEEN, lit(now))
        .withColumn(DeadLetterColumns.SEALED_WITH, lit(null))
        .withColumn(DeadLetterColumns.STAGE, lit(DeadLetterColumns.MERGE))
        .withColumn(BronzeColumns.LANDED_DATE, lit(now).cast("date"));
  }
}
