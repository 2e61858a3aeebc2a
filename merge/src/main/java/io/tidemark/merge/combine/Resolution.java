package io.tidemark.merge.combine;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.spec.ConflictPolicy;
import io.tidemark.core.spec.SourcesSpec;
import io.tidemark.core.table.SqlNames;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Chooses one row for each key from the rows that the sources have of it: a function of those rows
 * alone, so that it does not matter which source arrived first.
 *
 * @param spec the policy
 * @param key the columns that the sources share as their key
 */
record Resolution(SourcesSpec spec, List<String> key) {
  /** The place of a row's source in the declaration, the most trusted first. */
  static final String RANK = "__rank";

  /** Whether the source has deleted the row. */
  static final String GONE = "__gone";

  /** The row's own columns as one text. */
  static final String CONTENT = "__content";

  /** Whether several sources have different rows of the key. */
  static final String CONFLICT = "__conflict";

  /** The rows of all sources of the key, of rows in conflict. */
  static final String CANDIDATES = "__candidates";

  /** The chosen rows, at most one a key; without a conflict policy every row is chosen. */
  Dataset<Row> of(Dataset<Row> rows) {
    if (spec.conflicts().isEmpty()) {
      return rows.withColumn(CONFLICT, lit(false)).withColumn(CANDIDATES, lit(null).cast("string"));
    }
    WindowSpec all = Window.partitionBy(columns(key));
    Column alive = col(GONE).equalTo(false);
    Dataset<Row> judged =
        rows.withColumn("__place", row_number().over(all.orderBy(order(spec.conflicts().get()))))
            .withColumn(
                CONFLICT,
                coalesce(
                    min(when(alive, col(CONTENT)))
                        .over(all)
                        .notEqual(max(when(alive, col(CONTENT))).over(all)),
                    lit(false)))
            .withColumn(
                CANDIDATES,
                collect_list(
                        struct(
                            col(spec.column()).as("source"),
                            col(SilverColumns.POSITION).as("position"),
                            col(SilverColumns.SOURCE_TIME).as("source_time"),
                            col(GONE).as("deleted"),
                            col(CONTENT).as("row")))
                    .over(all));
    for (String counter : spec.counters()) {
      String name = SqlNames.quote(counter);
      judged = judged.withColumn(counter, total(rows, counter, all, alive, col(name)));
    }
    return judged.filter(col("__place").equalTo(1)).drop("__place");
  }

  /** A sum may need a digit more than its parts: one that does not fit fails, never wraps. */
  private static Column total(
      Dataset<Row> rows, String counter, WindowSpec all, Column alive, Column value) {
    return sum(when(alive, value)).over(all).cast(rows.schema().apply(counter).dataType());
  }

  private static Column[] order(ConflictPolicy policy) {
    return switch (policy) {
      case SOURCE_PRIORITY -> new Column[] {col(GONE).asc(), col(RANK).asc()};
      case SOURCE_TIME, SUM ->
          new Column[] {col(SilverColumns.SOURCE_TIME).desc_nulls_last(), col(RANK).asc()};
    };
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(SqlNames.quote(name))).toArray(Column[]::new);
  }
}
