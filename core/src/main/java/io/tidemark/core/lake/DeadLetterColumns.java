package io.tidemark.core.lake;

import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of the dead letters, and of what was decided about them.
 *
 * <p>Both tables are only appended to. A letter is open while it has been written more often than
 * decided: a record that is replayed and fails again later is open again, and no clock is asked.
 */
public final class DeadLetterColumns {
  /** The record's origin, {@code topic/partition/offset}; unique within a pipeline. */
  public static final String ID = "id";

  public static final String PIPELINE = "pipeline";

  /** The lake table the record seems to belong to; null if unknown. */
  public static final String TABLE = "table";

  /** A name of {@link io.tidemark.core.event.DeadLetterReason}. */
  public static final String REASON = "reason";

  public static final String MESSAGE = "message";
  public static final String KEY = "key";
  public static final String VALUE = "value";
  public static final String HEADERS = "headers";
  public static final String FIRST_SEEN = "first_seen";

  /** The id of the masking key that key, value and header values are sealed with; else null. */
  public static final String SEALED_WITH = "sealed_with";

  /** {@link #INGEST}, or {@link #MERGE}; null means ingest. */
  public static final String STAGE = "stage";

  /** The record could not be decoded: key, value and headers are the record's own bytes. */
  public static final String INGEST = "ingest";

  /**
   * The record is in bronze, and silver could not take it: key and value are the JSON texts of the
   * change's key and row. Replaying appends the bronze row again.
   */
  public static final String MERGE = "merge";

  public static final String DECISION = "decision";

  /** How often the letter had been written when it was decided. */
  public static final String WRITTEN = "written";

  public static final String NOTE = "note";
  public static final String RUN = "run_id";
  public static final String DECIDED_BY = "decided_by";
  public static final String DECIDED_AT = "decided_at";

  /** Headers of a record. */
  public static final ArrayType HEADER_TYPE =
      DataTypes.createArrayType(
          new StructType().add("key", DataTypes.StringType).add("value", DataTypes.BinaryType));

  private DeadLetterColumns() {}

  /** The dead letters of the lake, created or brought up to these columns where needed. */
  public static LakeTable open(Lake lake) {
    LakeTable letters = lake.deadLetters();
    letters.create(
        new TableDefinition(
            letters(),
            List.of(BronzeColumns.LANDED_DATE),
            Map.of(),
            TableDefinition.Feature.APPEND_LOG));
    List<String> present = List.of(letters.schema().fieldNames());
    List<StructField> missing =
        Arrays.stream(letters().fields()).filter(f -> !present.contains(f.name())).toList();
    if (!missing.isEmpty()) {
      letters.addColumns(missing, Optional.of(present.get(present.size() - 1)));
    }
    return letters;
  }

  /** What was decided about dead letters, created where it is missing. */
  public static LakeTable openDecisions(Lake lake) {
    LakeTable decisions = lake.deadLetterDecisions();
    decisions.create(TableDefinition.log(decisions()));
    return decisions;
  }

  /** The columns of the dead letters. */
  public static StructType letters() {
    return new StructType()
        .add(ID, DataTypes.StringType)
        .add(PIPELINE, DataTypes.StringType)
        .add(TABLE, DataTypes.StringType)
        .add(REASON, DataTypes.StringType)
        .add(MESSAGE, DataTypes.StringType)
        .add(BronzeColumns.TOPIC, DataTypes.StringType)
        .add(BronzeColumns.PARTITION, DataTypes.IntegerType)
        .add(BronzeColumns.OFFSET, DataTypes.LongType)
        .add(BronzeColumns.RECORD_TIME, DataTypes.TimestampType)
        .add(KEY, DataTypes.BinaryType)
        .add(VALUE, DataTypes.BinaryType)
        .add(HEADERS, HEADER_TYPE)
        .add(FIRST_SEEN, DataTypes.TimestampType)
        .add(BronzeColumns.LANDED_DATE, DataTypes.DateType)
        .add(SEALED_WITH, DataTypes.StringType)
        .add(STAGE, DataTypes.StringType);
  }

  /** The columns of the decisions. */
  public static StructType decisions() {
    return new StructType()
        .add(PIPELINE, DataTypes.StringType)
        .add(ID, DataTypes.StringType)
        .add(DECISION, DataTypes.StringType)
        .add(WRITTEN, DataTypes.LongType)
        .add(REASON, DataTypes.StringType)
        .add(MESSAGE, DataTypes.StringType)
        .add(NOTE, DataTypes.StringType)
        .add(RUN, DataTypes.StringType)
        .add(DECIDED_BY, DataTypes.StringType)
        .add(DECIDED_AT, DataTypes.TimestampType);
  }
}
