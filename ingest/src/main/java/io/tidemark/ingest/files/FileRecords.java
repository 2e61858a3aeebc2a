package io.tidemark.ingest.files;

import static org.apache.spark.sql.functions.col;

import io.tidemark.ingest.bronze.RecordColumns;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** The records in planned files, as a source hands them over. */
public final class FileRecords {
  /** So much of a file is one task's decoding. */
  private static final long BYTES_PER_TASK = 64L << 20;

  private FileRecords() {}

  /** The records of all lines, in {@link RecordColumns}; one task reads one file. */
  public static Dataset<Row> of(SparkSession spark, List<EventFile> files) {
    List<Row> rows =
        files.stream()
            .map(file -> RowFactory.create(file.path(), file.length(), file.modified()))
            .toList();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return spark
        .createDataFrame(context.parallelize(rows, Math.max(1, rows.size())), ReadLines.FILE)
        .mapPartitions(
            new ReadLines(new SerializableConfiguration(hadoop)), Encoders.row(ReadLines.LINES))
        .repartition(tasks(spark, files), col(ReadLines.LINE))
        .mapPartitions(new ReadRecords(), Encoders.row(RecordColumns.TYPE));
  }

  private static int tasks(SparkSession spark, List<EventFile> files) {
    long bytes = files.stream().mapToLong(EventFile::length).sum();
    return spark.sparkContext().defaultParallelism() + (int) (bytes / BYTES_PER_TASK);
  }
}
