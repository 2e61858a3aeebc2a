package io.tidemark.ingest.bronze;

import static io.tidemark.core.lake.BronzeColumns.AFTER;
import static io.tidemark.core.lake.BronzeColumns.BEFORE;
import static io.tidemark.core.lake.BronzeColumns.KEY;
import static io.tidemark.core.lake.BronzeColumns.OFFSET;
import static io.tidemark.core.lake.BronzeColumns.OPERATION;
import static io.tidemark.core.lake.BronzeColumns.PARTITION;
import static io.tidemark.core.lake.BronzeColumns.POSITION;
import static io.tidemark.core.lake.BronzeColumns.RECORD_TIME;
import static io.tidemark.core.lake.BronzeColumns.SCHEMA;
import static io.tidemark.core.lake.BronzeColumns.SOURCE;
import static io.tidemark.core.lake.BronzeColumns.SOURCE_TIME;
import static io.tidemark.core.lake.BronzeColumns.TOPIC;
import static io.tidemark.core.lake.BronzeColumns.TRANSACTION;

import io.tidemark.core.lake.DeadLetterColumns;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a decoded micro-batch, in which every record is one row, whatever it is. */
final class DecodedColumns {
  static final String OUTCOME = "outcome";
  static final String TABLE = "table";
  static final String SOURCE_TABLE = "source_table";

  /** Dead letters: the reason; non-rows: their kind. */
  static final String REASON = "reason";

  static final String MESSAGE = "message";

  /** The schema's JSON, in rows with outcome {@link Outcome#SCHEMA}. */
  static final String SCHEMA_JSON = "schema_json";

  static final String RAW_KEY = "raw_key";
  static final String RAW_VALUE = "raw_value";
  static final String RAW_HEADERS = "raw_headers";

  /** The commit order that a change raises its partition to; null if it tells none. */
  static final String COMMIT_ORDER = "commit_order";

  /**
   * The commit order that must not have been passed, or its complement; see {@link CommitWatch}.
   */
  static final String COMMIT_FLOOR = "commit_floor";

  /** The source of a change's transaction number, where it has a GTID. */
  static final String LINEAGE = "lineage";

  static final StructType TYPE =
      new StructType()
          .add(OUTCOME, DataTypes.StringType)
          .add(TABLE, DataTypes.StringType)
          .add(SOURCE_TABLE, DataTypes.StringType)
          .add(REASON, DataTypes.StringType)
          .add(MESSAGE, DataTypes.StringType)
          .add(OPERATION, DataTypes.StringType)
          .add(KEY, DataTypes.StringType)
          .add(BEFORE, DataTypes.StringType)
          .add(AFTER, DataTypes.StringType)
          .add(POSITION, DataTypes.StringType)
          .add(SOURCE_TIME, DataTypes.TimestampType)
          .add(SOURCE, DataTypes.StringType)
          .add(TRANSACTION, DataTypes.StringType)
          .add(SCHEMA, DataTypes.StringType)
          .add(SCHEMA_JSON, DataTypes.StringType)
          .add(TOPIC, DataTypes.StringType)
          .add(PARTITION, DataTypes.IntegerType)
          .add(OFFSET, DataTypes.LongType)
          .add(RECORD_TIME, DataTypes.TimestampType)
          .add(RAW_KEY, DataTypes.BinaryType)
          .add(RAW_VALUE, DataTypes.BinaryType)
          .add(RAW_HEADERS, DeadLetterColumns.HEADER_TYPE)
          .add(DeadLetterColumns.SEALED_WITH, DataTypes.StringType)
          .add(COMMIT_ORDER, DataTypes.LongType)
          .add(COMMIT_FLOOR, DataTypes.LongType)
          .add(LINEAGE, DataTypes.StringType);

  private DecodedColumns() {}

  /** What a row of a decoded batch is. */
  enum Outcome {
    CHANGE,
    NOT_A_ROW,
    DEAD_LETTER,
    /** No record: a schema that a task met for the first time. */
    SCHEMA,
    /** No record: a schema of the registry that the lake does not have. */
    WRITER_SCHEMA
  }
}
