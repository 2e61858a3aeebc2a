package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.fold.FoldedColumns;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Folded changes on their way into silver, from which step by step those are taken that must not
 * get there.
 *
 * @param rows the changes that are left
 * @param count how many they are
 * @param quarantine where the others go
 * @param bronze rows among which theirs are
 * @param now when that happens
 */
record Accepted(
    Dataset<Row> rows, long count, Quarantine quarantine, Dataset<Row> bronze, Instant now) {

  /** Leaves out changes by their keys. */
  static Dataset<Row> without(Dataset<Row> folded, Dataset<Row> keys) {
    Dataset<Row> others = keys.select(col(FoldedColumns.KEY).as("__without"));
    return folded.join(
        others, folded.col(FoldedColumns.KEY).equalTo(others.col("__without")), "left_anti");
  }

  private Accepted less(Dataset<Row> refused, long number, Counts counts) {
    counts.add(Count.QUARANTINED, number);
    return new Accepted(without(rows, refused), count - number, quarantine, bronze, now);
  }

  /** Rule 3: a change that lacks a value which nothing tells waits for it. */
  Accepted withoutUnresolved(Dataset<Row> unresolved, Counts counts) {
    long number = unresolved.count();
    if (number == 0) {
      return this;
    }
    quarantine.keepUnresolved(unresolved, bronze, now);
    return less(unresolved, number, counts);
  }

  /**
   * Rule 4: where a delete may be forgotten, an old change of a key without a row is not applied.
   *
   * @param forgotten the greatest position of a forgotten delete
   */
  Accepted withoutTooLate(String forgotten, LakeTable silver, SilverPlan plan, Counts counts) {
    Dataset<Row> late =
        rows.filter(col(FoldedColumns.ROW_POSITION).isNotNull())
            .filter(col(SilverColumns.POSITION).leq(forgotten))
            .as("s")
            .join(silver.read().as("t"), expr(SilverSql.match(plan)), "left_anti")
            .localCheckpoint();
    long number = late.count();
    if (number == 0) {
      return this;
    }
    quarantine.keepTooLate(late, forgotten, bronze, now);
    return less(late, number, counts);
  }
}
