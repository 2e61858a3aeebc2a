package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.table.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The dead letter table: every record that could not be decoded, byte for byte, and why. */
final class DeadLetterColumns {
  private DeadLetterColumns() {}

  static TableDefinition definition() {
    StructType columns =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("pipeline", DataTypes.StringType)
            .add("table", DataTypes.StringType)
            .add("reason", DataTypes.StringType)
            .add("message", DataTypes.StringType)
            .add(BronzeColumns.TOPIC, DataTypes.StringType)
            .add(BronzeColumns.PARTITION, DataTypes.IntegerType)
            .add(BronzeColumns.OFFSET, DataTypes.LongType)
            .add(BronzeColumns.RECORD_TIME, DataTypes.TimestampType)
            .add("key", DataTypes.BinaryType)
            .add("value", DataTypes.BinaryType)
            .add("headers", DecodedColumns.HEADERS)
            .add("first_seen", DataTypes.TimestampType)
            .add(BronzeColumns.LANDED_DATE, DataTypes.DateType);
    return new TableDefinition(
        columns, List.of(BronzeColumns.LANDED_DATE), Map.of(), TableDefinition.Feature.APPEND_LOG);
  }

  static Dataset<Row> from(Dataset<Row> decoded, String pipeline, Instant now) {
    return decoded
        .withColumn(
            "id",
            concat_ws(
                "/",
                col(BronzeColumns.TOPIC),
                col(BronzeColumns.PARTITION),
                col(BronzeColumns.OFFSET)))
        .withColumn("pipeline", lit(pipeline))
        .withColumn("key", col(DecodedColumns.RAW_KEY))
        .withColumn("value", col(DecodedColumns.RAW_VALUE))
        .withColumn("headers", col(DecodedColumns.RAW_HEADERS))
        .withColumn("first_seen", lit(now))
        .withColumn(BronzeColumns.LANDED_DATE, lit(now).cast("date"));
  }
}
