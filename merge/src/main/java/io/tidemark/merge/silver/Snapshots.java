package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.tidemark.core.event.Position;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.merge.fold.FoldRules.Truncate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds snapshots of a table that have landed whole. What was there before such a snapshot began,
 * and is not in it, is gone; so the snapshot is a truncate just before its own rows.
 *
 * <p>Debezium marks the rows of a table's snapshot in {@code source.snapshot}: the first one {@code
 * first} or {@code first_in_data_collection}, the last one {@code last} or {@code
 * last_in_data_collection}, those between {@code true}; {@code incremental} rows belong to none.
 * (Debezium, {@code SnapshotRecord} and {@code RelationalSnapshotChangeEventSource}.) All of them
 * carry the position at which it began. A table of one row may have the last marker alone. A table
 * without rows sends nothing, so that its emptiness cannot be seen.
 */
public final class Snapshots {
  private static final String FIRST = "\"snapshot\":\"first";
  private static final String LAST = "\"snapshot\":\"last";

  private Snapshots() {}

  /**
   * The snapshots that became complete with a batch, or were when it repeats a part of them.
   *
   * @param changes the batch
   * @param bronze everything that has landed of the table, the batch included
   */
  public static List<Truncate> completedBy(Dataset<Row> changes, Dataset<Row> bronze) {
    TreeSet<String> starts = new TreeSet<>();
    for (Row row :
        reads(changes)
            .filter(marked(FIRST).or(marked(LAST)))
            .select(BronzeColumns.POSITION)
            .collectAsList()) {
      starts.add(Position.beginning(row.getString(0)));
    }
    List<Truncate> complete = new ArrayList<>();
    for (String start : starts) {
      Row found =
          reads(bronze)
              .filter(col(BronzeColumns.POSITION).gt(start))
              .filter(col(BronzeColumns.POSITION).lt(Position.end(start)))
              .agg(
                  count(lit(1)),
                  bool_or(marked(FIRST)),
                  bool_or(marked(LAST)),
                  min(col(BronzeColumns.SOURCE_TIME)))
              .head();
      if (found.getBoolean(2) && (found.getBoolean(1) || found.getLong(0) == 1)) {
        complete.add(new Truncate(start, found.getAs(3)));
      }
    }
    return complete;
  }

  private static Dataset<Row> reads(Dataset<Row> changes) {
    return changes.filter(col(BronzeColumns.OPERATION).equalTo("r"));
  }

  /** The source block is compact JSON, in whose texts every quote is escaped. */
  private static Column marked(String marker) {
    return col(BronzeColumns.SOURCE).contains(marker);
  }
}
