package io.tidemark.core.lake;

import org.apache.spark.sql.SparkSession;

/** Makes the Spark session that jobs run in. */
public final class SparkSessions {
  private SparkSessions() {}

  /**
   * The session of this process: the one that spark-submit's settings ask for, else a local one on
   * all cores. What Tidemark needs for correct results is set in either case.
   */
  public static SparkSession open(String applicationName) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName(applicationName)
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            // Values cross into Java as java.time types, which hold every microsecond and no zone.
            .config("spark.sql.datetime.java8API.enabled", "true")
            // Its shortcut for the least and greatest date fails on them (Delta 3.3,
            // OptimizeMetadataOnlyDeltaQuery).
            .config("spark.databricks.delta.optimizeMetadataQuery.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            // Days before 1582 are written as they are; by default they fail the batch.
            .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
            .config("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED")
            .config("spark.sql.parquet.compression.codec", "zstd");
    if (System.getProperty("spark.master") == null) {
      builder = local(builder);
    }
    SparkSession session = builder.getOrCreate();
    session.sparkContext().setLogLevel(System.getProperty("tidemark.spark-log-level", "ERROR"));
    return session;
  }

  /** One process on one machine: no port to the outside, no more tasks than cores can carry. */
  private static SparkSession.Builder local(SparkSession.Builder builder) {
    int cores = Runtime.getRuntime().availableProcessors();
    return builder
        .master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", Integer.toString(2 * cores))
        .config("spark.default.parallelism", Integer.toString(2 * cores))
        // Every sort and join takes a page at least; the default, a part of the heap, is cleared
        // anew each time.
        .config("spark.buffer.pageSize", "4m")
        // Reading a table's log is a Spark job; 50 tasks of it, the default, suit a cluster.
        .config("spark.databricks.delta.snapshotPartitions", "2")
        .config("spark.sql.streaming.stopTimeout", "60s");
  }
}
