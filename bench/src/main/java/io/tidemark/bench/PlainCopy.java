package io.tidemark.bench;

import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's own copy of a table into a Delta table, two connections wide: the least that any job of
 * Spark does with the rows, to measure a first load against.
 *
 * <p>Arguments: URL, user, password, table, its key column, number of rows, folder.
 */
public final class PlainCopy {
  private PlainCopy() {}

  /** Copies. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate();
    spark
        .read()
        .format("jdbc")
        .option("url", arguments[0])
        .option("user", arguments[1])
        .option("password", arguments[2])
        .option("dbtable", arguments[3])
        .option("fetchsize", 2_000)
        .option("partitionColumn", arguments[4])
        .option("lowerBound", 1)
        .option("upperBound", arguments[5])
        .option("numPartitions", 2)
        .load()
        .write()
        .format("delta")
        .mode(SaveMode.ErrorIfExists)
        .save(arguments[6]);
  }
}
