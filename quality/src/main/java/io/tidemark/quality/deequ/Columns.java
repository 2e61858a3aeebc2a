package io.tidemark.quality.deequ;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.table.SqlNames;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds columns of a table by name, as Spark does: whatever the case. */
public final class Columns {
  private Columns() {}

  /**
   * The column with a name.
   *
   * @throws IllegalArgumentException if there is none; the message is for people
   */
  public static StructField field(StructType schema, String name) {
    for (StructField field : schema.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return field;
      }
    }
    throw new IllegalArgumentException(
        "there is no column '%s'; the columns are: %s"
            .formatted(name, String.join(", ", schema.fieldNames())));
  }

  /**
   * The values of the column with a name.
   *
   * @throws IllegalArgumentException as {@link #field}
   */
  public static Column of(StructType schema, String name) {
    return col(SqlNames.quote(field(schema, name).name()));
  }
}
