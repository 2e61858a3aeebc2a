package io.tidemark.quality.checks;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.check.Layer;
import io.tidemark.core.lake.SilverColumns;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a table that count: tables may keep rows that the source has deleted. */
public final class LiveRows {
  private LiveRows() {}

  /** Those of all rows of a table. */
  public static Dataset<Row> of(Layer layer, Dataset<Row> rows) {
    return layer == Layer.SILVER && List.of(rows.columns()).contains(SilverColumns.DELETED)
        ? rows.filter(not(coalesce(col(SilverColumns.DELETED), lit(false))))
        : rows;
  }
}
