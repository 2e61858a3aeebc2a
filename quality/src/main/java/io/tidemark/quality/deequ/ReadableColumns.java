package io.tidemark.quality.deequ;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.table.SqlNames;
import io.tidemark.quality.profile.ColumnProfile.Extent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Columns in the form that Deequ's profiler can read: it fails on some types and on some names. */
final class ReadableColumns {
  private ReadableColumns() {}

  /** The same rows with columns named by {@link #name}; of what cannot be read, whether it is. */
  static Dataset<Row> of(Dataset<Row> rows) {
    StructField[] fields = rows.schema().fields();
    Column[] columns = new Column[fields.length];
    for (int i = 0; i < fields.length; i++) {
      columns[i] = readable(fields[i]).as(name(i));
    }
    return rows.select(columns);
  }

  static String name(int index) {
    return "c" + index;
  }

  private static Column readable(StructField field) {
    Column column = col(SqlNames.quote(field.name()));
    DataType type = field.dataType();
    if (type instanceof ByteType) {
      return column.cast(DataTypes.IntegerType);
    }
    if (isTime(type)) {
      return column.cast(DataTypes.TimestampType);
    }
    return areComparable(type) ? column : when(column.isNotNull(), lit(true));
  }

  /** Whether values of a type can be told apart by Deequ. */
  static boolean areComparable(DataType type) {
    return type instanceof StringType
        || type instanceof BooleanType
        || type instanceof NumericType
        || isTime(type);
  }

  private static boolean isTime(DataType type) {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  /** From when to when the values of each column of dates or times are. */
  static Map<String, Extent> times(Dataset<Row> rows) {
    List<String> names = new ArrayList<>();
    List<Column> ends = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      if (isTime(field.dataType())) {
        Column column = col(SqlNames.quote(field.name()));
        names.add(field.name());
        ends.add(min(column).cast(DataTypes.StringType));
        ends.add(max(column).cast(DataTypes.StringType));
      }
    }
    if (names.isEmpty()) {
      return Map.of();
    }
    Row found = rows.select(ends.toArray(Column[]::new)).first();
    Map<String, Extent> extents = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (!found.isNullAt(2 * i)) {
        extents.put(names.get(i), new Extent(found.getString(2 * i), found.getString(2 * i + 1)));
      }
    }
    return extents;
  }
}
