package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.spec.Deletes;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.fold.FoldRules;
import io.tidemark.merge.fold.FoldedColumns;
import io.tidemark.merge.fold.RowDecoders;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The keys of a batch whose row depends on more than the newest of two changes, folded anew from
 * everything that bronze has of them. What comes of them is so a function of the set of their
 * changes, whatever order these arrived in; and as such changes are rare and late, the price is
 * rarely paid.
 *
 * @param keys the keys, in {@link FoldedColumns#KEY}
 * @param changes all their bronze rows
 * @param rows what came of them, in {@link FoldedColumns}, with the three columns below
 * @param done how many rows of silver they change, counted as the MERGE counts
 * @param accounted the keys that are in the batch, by what came of them
 */
record Refold(
    Dataset<Row> keys, Dataset<Row> changes, Dataset<Row> rows, Counts done, Counts accounted) {
  private static final String EFFECT = "__effect";
  private static final String IN_BATCH = "__in_batch";
  private static final String STORED = "__stored";

  /**
   * Folds the keys.
   *
   * @param bronze all that has landed of the table up to the version that is merged
   */
  static Refold of(
      Dataset<Row> keys,
      Dataset<Row> bronze,
      FoldedBatch batch,
      RowDecoders decoders,
      FoldRules rules,
      SilverPlan plan,
      LakeTable silver) {
    Dataset<Row> changes =
        bronze
            .filter(col(BronzeColumns.OPERATION).notEqual("t"))
            .join(
                keys.withColumnRenamed(FoldedColumns.KEY, BronzeColumns.KEY),
                scala.collection.JavaConverters.asScalaBuffer(java.util.List.of(BronzeColumns.KEY))
                    .toSeq(),
                "left_semi");
    Dataset<Row> stored = silver.read().withColumn(STORED, lit(true));
    Dataset<Row> inBatch =
        batch
            .countedKeys()
            .select(col(FoldedColumns.KEY).as("__batch_key"), lit(true).as(IN_BATCH));
    Dataset<Row> rows =
        FoldedBatch.fold(changes, decoders, rules, plan)
            .as("s")
            .join(stored.as("t"), expr(SilverSql.match(plan)), "left")
            .select(col("s.*"), col("t." + STORED))
            .join(inBatch, col(FoldedColumns.KEY).equalTo(col("__batch_key")), "left")
            .drop("__batch_key")
            .withColumn(EFFECT, effect(rules.deletes()))
            .localCheckpoint();
    Counts done = new Counts();
    Counts accounted = new Counts();
    for (Row group :
        rows.groupBy(
                col(EFFECT),
                col(IN_BATCH).isNotNull().as(IN_BATCH),
                col(FoldedColumns.PENDING).isNotNull().as(FoldedColumns.PENDING))
            .agg(count(lit(1)))
            .collectAsList()) {
      Count effect = Count.valueOf(group.getString(0));
      if (effect != Count.OLDER) {
        done.add(effect, group.getLong(3));
      }
      if (group.getBoolean(1)) {
        accounted.add(group.getBoolean(2) ? Count.QUARANTINED : effect, group.getLong(3));
      }
    }
    return new Refold(keys, changes, rows, done, accounted);
  }

  /** What the row does to silver: a name of {@link Count}. */
  private static Column effect(Deletes deletes) {
    String written =
        "CASE WHEN %s IS NULL THEN '%s' ELSE '%s' END"
            .formatted(STORED, Count.INSERTED, Count.UPDATED);
    String deleted =
        deletes == Deletes.SOFT
            ? "CASE WHEN %s IS NULL THEN '%s' ELSE %s END"
                .formatted(FoldedColumns.ROW_POSITION, Count.OLDER, written)
            : "CASE WHEN %s IS NULL THEN '%s' ELSE '%s' END"
                .formatted(STORED, Count.OLDER, Count.DELETED);
    String gone =
        "CASE WHEN %s IS NULL THEN '%s' ELSE '%s' END"
            .formatted(STORED, Count.OLDER, Count.DELETED);
    return expr(
        "CASE %s WHEN 'u' THEN %s WHEN 'd' THEN %s WHEN 'x' THEN %s ELSE '%s' END"
            .formatted(FoldedColumns.KIND, written, deleted, gone, Count.OLDER));
  }

  /** The rows that silver does not have as they are, as source of the MERGE. */
  Dataset<Row> source() {
    return rows.filter(col(EFFECT).notEqual(Count.OLDER.name())).drop(EFFECT, IN_BATCH, STORED);
  }

  /** All rows, deletes among them. */
  Dataset<Row> folded() {
    return rows.drop(EFFECT, IN_BATCH, STORED);
  }

  /** The keys that wait for nothing. */
  Dataset<Row> completeKeys() {
    return rows.filter(col(FoldedColumns.PENDING).isNull())
        .select(col(FoldedColumns.KEY).as(BronzeColumns.KEY));
  }

  /** How many rows the MERGE gets of them. */
  long size() {
    return -done.unaccounted();
  }

  /** How many keys of the batch they are. */
  long keysOfBatch() {
    return -accounted.unaccounted();
  }
}
