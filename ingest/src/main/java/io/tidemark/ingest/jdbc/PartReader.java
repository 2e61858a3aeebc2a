package io.tidemark.ingest.jdbc;

import io.tidemark.ingest.bronze.RecordColumns;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads queries side by side, over as many connections as the pace allows. */
record PartReader(SparkSession spark, ReadPace pace, RowSource source) {
  private static final StructType NUMBER = new StructType().add("part", DataTypes.IntegerType);

  /** Their rows as records, in {@link RecordColumns}; read when the records are. */
  Dataset<Row> read(List<Part> parts, Optional<Watermark> watermark) {
    List<Row> numbers =
        IntStream.range(0, parts.size()).mapToObj(i -> (Row) RowFactory.create(i)).toList();
    return spark
        .createDataFrame(
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(numbers, Math.min(numbers.size(), pace.connections())),
            NUMBER)
        .mapPartitions(
            new ReadParts(
                pace.database(), pace.statementTimeout(), source, parts, watermark.orElse(null)),
            Encoders.row(RecordColumns.TYPE));
  }
}
