package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

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
import org.apache.spark.sql.expressions.Window;
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
  private static final String WRITTEN = "__written";
  private static final String TIME = "__time";

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
      String name = tokenName(pipeline, bronze);
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

  private static String tokenName(String pipeline, LakeTable bronze) {
    return "unfit/" + pipeline + "/" + bronze.id();
  }

  /**
   * Writes the letters of a merge that was made in a stage of the lake, as far as the lake has
   * fewer of a row.
   */
  public static void keepAll(Lake stage, Lake lake, String pipeline, String table) {
    if (!stage.deadLetters().exists()) {
      return;
    }
    synchronized (UnfitRows.class) {
      LakeTable letters = DeadLetterColumns.open(lake);
      String name = tokenName(pipeline, lake.bronze(table));
      long known = letters.token(name);
      Dataset<Row> found = letters.read().filter(isMerged(pipeline, table));
      Dataset<Row> written = found.groupBy(DeadLetterColumns.ID).agg(count(lit(1)).as(WRITTEN));
      Dataset<Row> missing =
          stage
              .deadLetters()
              .read()
              .withColumn(
                  TIME,
                  row_number()
                      .over(
                          Window.partitionBy(DeadLetterColumns.ID)
                              .orderBy(DeadLetterColumns.FIRST_SEEN)))
              .join(written, new String[] {DeadLetterColumns.ID}, "left")
              .filter(col(TIME).gt(coalesce(col(WRITTEN), lit(0L))));
      if (!missing.isEmpty()) {
        // The token stays: what the table itself merges next has letters of its own.
        letters.append(
            missing.select(columns(letters)).coalesce(1),
            List.of(new CommitToken(name, known, known)));
      }
    }
  }

  private static Column isMerged(String pipeline, String table) {
    return col(DeadLetterColumns.STAGE)
        .equalTo(DeadLetterColumns.MERGE)
        .and(col(DeadLetterColumns.PIPELINE).equalTo(pipeline))
        .and(col(DeadLetterColumns.TABLE).equalTo(table));
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
