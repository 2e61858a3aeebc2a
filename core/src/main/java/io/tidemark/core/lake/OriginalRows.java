package io.tidemark.core.lake;

import static org.apache.spark.sql.functions.expr;

import io.tidemark.core.schema.ExactText;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.SqlNames;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** Reads rows of silver as the source had them, where corrections made others of them. */
public final class OriginalRows {
  private OriginalRows() {}

  /** Rows of a silver table with the originals of all corrected values in their place. */
  public static Dataset<Row> of(Dataset<Row> silver) {
    if (!List.of(silver.columns()).contains(SilverColumns.ORIGINAL)) {
      return silver;
    }
    return silver.select(
        Arrays.stream(silver.schema().fields()).map(OriginalRows::original).toArray(Column[]::new));
  }

  private static Column original(StructField field) {
    String name = field.name();
    return expr(SilverColumns.isOwn(name) ? SqlNames.quote(name) : sql("", name, field.dataType()))
        .as(name);
  }

  /**
   * SQL of the value that the source had in a column.
   *
   * @param alias of the silver table, with its point; empty for none
   */
  public static String sql(String alias, String column, DataType type) {
    String stored = alias + SqlNames.quote(column);
    if (!ExactText.isOf(LakeType.parse(type.sql()))) {
      return stored;
    }
    return "CASE WHEN map_contains_key(%1$s, %2$s) THEN CAST(%1$s[%2$s] AS %3$s) ELSE %4$s END"
        .formatted(alias + SilverColumns.ORIGINAL, SqlNames.literal(column), type.sql(), stored);
  }
}
