package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.lake.DeadLetterColumns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns in which a source hands over its records. All but the last two are those of Spark's
 * Kafka source; the last two are left out by a source that cannot read what is no record.
 */
public final class RecordColumns {
  /** Why the source could not make a record of it: a name of {@code DeadLetterReason}, or null. */
  static final String REJECTED_REASON = "rejected_reason";

  /** The same for a person. */
  static final String REJECTED_MESSAGE = "rejected_message";

  /** All of them, in order. */
  public static final StructType TYPE =
      new StructType()
          .add("key", DataTypes.BinaryType)
          .add("value", DataTypes.BinaryType)
          .add("headers", DeadLetterColumns.HEADER_TYPE)
          .add("topic", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("timestamp", DataTypes.TimestampType)
          .add(REJECTED_REASON, DataTypes.StringType)
          .add(REJECTED_MESSAGE, DataTypes.StringType);

  private RecordColumns() {}

  /** The records in exactly these columns. */
  static Dataset<Row> of(Dataset<Row> records) {
    List<String> present = List.of(records.columns());
    return records.select(
        Arrays.stream(TYPE.fieldNames())
            .map(name -> present.contains(name) ? col(name) : lit(null).cast("string").as(name))
            .toArray(Column[]::new));
  }
}
