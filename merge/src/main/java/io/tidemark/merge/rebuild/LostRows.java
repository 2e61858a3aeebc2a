package io.tidemark.merge.rebuild;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of a table that bronze does not explain: the change that made them is not there, or the
 * values that it did not log are told by no change before it. Somebody has deleted rows of bronze.
 *
 * @param rows how many
 * @param examples keys of some
 */
record LostRows(long rows, List<String> examples) {
  private static final int EXAMPLES = 5;

  /** None. */
  static final LostRows NONE = new LostRows(0, List.of());

  /** Those of a table whose position no row of bronze has. */
  static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> bronze) {
    Dataset<Row> positions = bronze.select(col(BronzeColumns.POSITION).as("__landed"));
    return rows.join(
        positions,
        rows.col(SilverColumns.POSITION).equalTo(positions.col("__landed")),
        "left_anti");
  }

  /** Those of a table at these positions. */
  static Dataset<Row> at(Dataset<Row> rows, Dataset<Row> positions) {
    Dataset<Row> named = positions.toDF("__waiting");
    return rows.join(
        named, rows.col(SilverColumns.POSITION).equalTo(named.col("__waiting")), "left_semi");
  }

  /** Counts them. */
  static LostRows of(LakeTable table, Dataset<Row> lost) {
    long rows = lost.count();
    if (rows == 0) {
      return NONE;
    }
    List<Column> key = new ArrayList<>();
    for (String name : SilverColumns.key(table.properties())) {
      key.add(col(name.isEmpty() ? SilverColumns.POSITION : SqlNames.quote(name)));
    }
    Dataset<Row> keys = lost.select(key.toArray(Column[]::new)).distinct();
    List<String> examples = new ArrayList<>();
    for (Row row : keys.takeAsList(EXAMPLES)) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        values.add(keys.columns()[i] + "=" + row.get(i));
      }
      examples.add(String.join(" ", values));
    }
    return new LostRows(rows, examples);
  }
}
