package io.tidemark.core.lake;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of the bronze tables: what ingest writes and merge reads. */
public final class BronzeColumns {
  /** Envelope operation code: r, c, u, d, t. */
  public static final String OPERATION = "op";

  /** Canonical JSON text of the key; null for a truncate. */
  public static final String KEY = "key";

  public static final String BEFORE = "before";
  public static final String AFTER = "after";

  /** Sortable text of {@link io.tidemark.core.event.Position}. */
  public static final String POSITION = "position";

  /** When the source says it happened. */
  public static final String SOURCE_TIME = "source_time";

  /** The envelope's source block as JSON text. */
  public static final String SOURCE = "source";

  /** The source's transaction, if it tells. */
  public static final String TRANSACTION = "transaction";

  /** Fingerprint of the schema in {@code bronze/_schemas} that the row was written with. */
  public static final String SCHEMA = "schema_fingerprint";

  public static final String TOPIC = "topic";
  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";

  /** Kafka's time of the record. */
  public static final String RECORD_TIME = "record_time";

  public static final String LANDED_AT = "landed_at";
  public static final String LANDED_DATE = "landed_date";

  /** Property of a bronze table: the source table it belongs to. */
  public static final String SOURCE_TABLE_PROPERTY = "tidemark.source-table";

  /** Property of a bronze or silver table: the pipeline that writes it. */
  public static final String PIPELINE_PROPERTY = "tidemark.pipeline";

  private BronzeColumns() {}

  /** A change log's columns, partitioned by {@link #LANDED_DATE}. */
  public static StructType changeLog() {
    return new StructType()
        .add(OPERATION, DataTypes.StringType)
        .add(KEY, DataTypes.StringType)
        .add(BEFORE, DataTypes.StringType)
        .add(AFTER, DataTypes.StringType)
        .add(POSITION, DataTypes.StringType)
        .add(SOURCE_TIME, DataTypes.TimestampType)
        .add(SOURCE, DataTypes.StringType)
        .add(TRANSACTION, DataTypes.StringType)
        .add(SCHEMA, DataTypes.StringType)
        .add(TOPIC, DataTypes.StringType)
        .add(PARTITION, DataTypes.IntegerType)
        .add(OFFSET, DataTypes.LongType)
        .add(RECORD_TIME, DataTypes.TimestampType)
        .add(LANDED_AT, DataTypes.TimestampType)
        .add(LANDED_DATE, DataTypes.DateType);
  }

  /** Columns of {@code bronze/_schemas}. */
  public static StructType schemas() {
    return new StructType()
        .add("fingerprint", DataTypes.StringType)
        .add("table", DataTypes.StringType)
        .add("schema", DataTypes.StringType)
        .add("first_seen", DataTypes.TimestampType);
  }

  /** Columns of {@code bronze/_registry}: schemas as a registry has them, by id. */
  public static StructType registry() {
    StructType reference =
        new StructType().add("name", DataTypes.StringType).add("schema", DataTypes.StringType);
    return new StructType()
        .add("id", DataTypes.IntegerType)
        .add("type", DataTypes.StringType)
        .add("schema", DataTypes.StringType)
        .add("references", DataTypes.createArrayType(reference))
        .add("first_seen", DataTypes.TimestampType);
  }
}
