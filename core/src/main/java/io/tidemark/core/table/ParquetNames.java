package io.tidemark.core.table;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Knows the column names that Parquet files cannot have, at any depth. */
final class ParquetNames {
  private static final Pattern REFUSED = Pattern.compile("[ ,;{}()\\n\\t=]");

  private ParquetNames() {}

  static boolean refusesAny(StructType columns) {
    return Arrays.stream(columns.fields()).anyMatch(ParquetNames::refuses);
  }

  static boolean refuses(StructField column) {
    return REFUSED.matcher(column.name()).find() || refuses(column.dataType());
  }

  private static boolean refuses(DataType type) {
    if (type instanceof StructType struct) {
      return refusesAny(struct);
    }
    if (type instanceof ArrayType array) {
      return refuses(array.elementType());
    }
    return type instanceof MapType map && (refuses(map.keyType()) || refuses(map.valueType()));
  }
}
