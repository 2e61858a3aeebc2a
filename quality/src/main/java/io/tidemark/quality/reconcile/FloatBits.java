package io.tidemark.quality.reconcile;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * Functions for Spark's SQL that give the bits of a floating-point number, with one NaN: its digits
 * differ between programs.
 */
final class FloatBits {
  static final String OF_DOUBLE = "tidemark_double_bits";
  static final String OF_FLOAT = "tidemark_float_bits";

  private FloatBits() {}

  static void register(SparkSession spark) {
    spark
        .udf()
        .register(
            OF_DOUBLE,
            (UDF1<Double, Long>) v -> v == null ? null : Double.doubleToLongBits(v),
            DataTypes.LongType);
    spark
        .udf()
        .register(
            OF_FLOAT,
            (UDF1<Float, Integer>) v -> v == null ? null : Float.floatToIntBits(v),
            DataTypes.IntegerType);
  }
}
