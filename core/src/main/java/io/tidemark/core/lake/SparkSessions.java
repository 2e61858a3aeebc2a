package io.tidemark.core.lake;

import org.apache.spark.sql.SparkSession;

/** Makes the Spark session that jobs run in. */
public final class SparkSessions {
  /**
   * How many times the room of their files rows take in memory, as Spark is to estimate it. Files
   * tell nothing about that: a million rows of 12 MB in files need a hash table of half a gigabyte,
   * and texts that repeat have no bound at all. So that no file is small enough.
   */
  private static final String FILES_TELL_NOTHING = "1000000";

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
            .config("spark.sql.parquet.compression.codec", "zstd")
            // What is kept of a batch is read once or twice: packing it costs more than its room.
            .config("spark.sql.inMemoryColumnarStorage.compressed", "false");
    if (System.getProperty("spark.master") == null) {
      builder = local(builder);
    }
    SparkSession session = builder.getOrCreate();
    session.sparkContext().setLogLevel(System.getProperty("tidemark.spark-log-level", "ERROR"));
    return session;
  }

  /**
   * A session of its own for the work on one table: Delta takes the commit token from the session's
   * settings.
   *
   * <p>No join in it brings a table to the driver because its files are small: Spark keeps no
   * account of the memory of such a side. Sides that it has counted while it ran, and batches, may
   * still be brought there, up to 10 MB.
   */
  public static SparkSession forTable(SparkSession shared) {
    SparkSession session = shared.newSession();
    session.conf().set("spark.sql.sources.fileCompressionFactor", FILES_TELL_NOTHING);
    return session;
  }

  /** One process on one machine: no port to the outside, no more tasks than cores can carry. */
  private static SparkSession.Builder local(SparkSession.Builder builder) {
    int cores = Runtime.getRuntime().availableProcessors();
    LocalFiles.SETTINGS.forEach((key, value) -> builder.config("spark.hadoop." + key, value));
    return builder
        .master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", Integer.toString(2 * cores))
        .config("spark.default.parallelism", Integer.toString(2 * cores))
        // Every sort and join takes a page at least; the default, a part of the heap, is cleared
        // anew each time. Less the 16 bytes of an array's header, so that G1, which gives arrays of
        // that size whole regions of 1 MB, does not give five for four.
        .config("spark.buffer.pageSize", (4 * 1024 * 1024 - 16) + "b")
        // What Spark keeps account of, of the heap less 300 MB; the default is 0.6. G1 gives arrays
        // of some megabytes a quarter more than their size, and there is as much again that Spark
        // keeps no account of: rows being read and written, Kafka's records, its own plans.
        .config("spark.memory.fraction", "0.4")
        // So many rows are read into arrays at a time, however wide; the default is 4096.
        .config("spark.sql.parquet.columnarReaderBatchSize", "1024")
        // Reading a table's log is a Spark job; 50 tasks of it, the default, suit a cluster.
        .config("spark.databricks.delta.snapshotPartitions", "2")
        .config("spark.sql.streaming.stopTimeout", "60s");
  }
}
