package io.tidemark.merge.history;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.SqlNames;
import io.tidemark.merge.silver.SilverPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * What a batch changes in history, kept in Spark's storage until closed.
 *
 * @param actions the rows to write, and others, in {@link HistoryRows}
 * @param inserts how many intervals are new
 * @param updates how many stored ones are different
 * @param removals how many stored ones are none any more
 * @param marks how many changes must be remembered
 * @param tally what became of the batch's changes: opened, closed, idle, known
 */
record HistoryBatch(
    Dataset<Row> actions, long inserts, long updates, long removals, long marks, List<Long> tally)
    implements AutoCloseable {

  /**
   * Rebuilds the keys that the elements belong to.
   *
   * @param reach the first place of the log that the batch has something of
   */
  static HistoryBatch of(
      Dataset<Row> elements, SilverPlan plan, Truncates truncates, String reach) {
    Column[] key =
        plan.key().stream().map(name -> col(SqlNames.quote(name))).toArray(Column[]::new);
    List<Column> order = new ArrayList<>(List.of(key));
    order.add(col(HistoryColumns.POSITION));
    Dataset<Row> actions =
        elements
            .repartition(key)
            .sortWithinPartitions(order.toArray(Column[]::new))
            .mapPartitions(
                new RebuildKeys(plan.columns(), plan.key(), truncates, reach),
                Encoders.row(HistoryRows.type(plan.columns())))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Row counted =
        actions
            .agg(
                ofRole(HistoryRows.INSERT),
                ofRole(HistoryRows.UPDATE),
                ofRole(HistoryRows.REMOVE),
                ofRole(HistoryRows.MARK),
                array(counted(0), counted(1), counted(2), counted(3)))
            .head();
    return new HistoryBatch(
        actions,
        counted.getLong(0),
        counted.getLong(1),
        counted.getLong(2),
        counted.getLong(3),
        counted.getList(4));
  }

  private static Column ofRole(String role) {
    return count(when(col(HistoryRows.ROLE).equalTo(role), lit(1)));
  }

  private static Column counted(int index) {
    return coalesce(sum(col(HistoryRows.COUNTS).getItem(index)), lit(0L));
  }

  /** The intervals to insert, update and remove. */
  Dataset<Row> intervals() {
    return actions.filter(
        col(HistoryRows.ROLE).isin(HistoryRows.INSERT, HistoryRows.UPDATE, HistoryRows.REMOVE));
  }

  /** The changes to remember. */
  Dataset<Row> toRemember() {
    return actions.filter(col(HistoryRows.ROLE).equalTo(HistoryRows.MARK));
  }

  /** What became of the changes, as a run record counts it. */
  Counts counts() {
    return new Counts()
        .add(Count.INSERTED, tally.get(0))
        .add(Count.DELETED, tally.get(1))
        .add(Count.OLDER, tally.get(2))
        .add(Count.REPLAYED, tally.get(3));
  }

  @Override
  public void close() {
    actions.unpersist();
  }
}
