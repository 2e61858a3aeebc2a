package io.tidemark.core.table;

import org.apache.spark.sql.SparkSession;

/** Opens tables in the lake's format. */
public final class LakeTables {
  private LakeTables() {}

  /** The table at a path; it need not exist. */
  public static LakeTable at(SparkSession spark, String path) {
    return new DeltaLakeTable(spark, path);
  }
}
