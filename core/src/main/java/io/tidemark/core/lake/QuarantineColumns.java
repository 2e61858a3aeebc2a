package io.tidemark.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of quarantine: a change that was decoded and not accepted, and why. */
public final class QuarantineColumns {
  /** Why it was not accepted: one of the reasons below. */
  public static final String REASON = "reason";

  /** The reason in words, with the values that matter. */
  public static final String MESSAGE = "message";

  /** Sortable text of its position in the source's log. */
  public static final String POSITION = "position";

  /** When it was put there. */
  public static final String QUARANTINED_AT = "quarantined_at";

  /** Names of the rules that its row breaks; null for other reasons. */
  public static final String RULES = "rules";

  /** Of a row that breaks rules: the oldest change that gave it values; null if it has all. */
  public static final String FILLED_FROM = "filled_from";

  /** What an operator decided: {@link #RELEASED} or {@link #DISCARDED}; null for nothing yet. */
  public static final String DECISION = "decision";

  /** When. */
  public static final String DECIDED_AT = "decided_at";

  /** Why, in the operator's words. */
  public static final String NOTE = "note";

  /** Its row breaks a rule. */
  public static final String BROKEN_RULE = "BROKEN_RULE";

  /** It lacks a value that nothing tells; leaves by itself once something does. */
  public static final String UNRESOLVED = "UNRESOLVED_UNAVAILABLE_VALUE";

  /** It came so late that a delete of its key may be forgotten. */
  public static final String TOO_LATE = "TOO_LATE";

  /** It landed once more, to be judged anew. */
  public static final String RELEASED = "released";

  /** It is to stay where it is. */
  public static final String DISCARDED = "discarded";

  private QuarantineColumns() {}

  /** All of them, in order, the bronze row's own among them. */
  public static StructType type() {
    return new StructType()
        .add(REASON, DataTypes.StringType)
        .add(MESSAGE, DataTypes.StringType)
        .add(POSITION, DataTypes.StringType)
        .add(QUARANTINED_AT, DataTypes.TimestampType)
        .add(BronzeColumns.OPERATION, DataTypes.StringType)
        .add(BronzeColumns.KEY, DataTypes.StringType)
        .add(BronzeColumns.BEFORE, DataTypes.StringType)
        .add(BronzeColumns.AFTER, DataTypes.StringType)
        .add(BronzeColumns.SOURCE_TIME, DataTypes.TimestampType)
        .add(BronzeColumns.SCHEMA, DataTypes.StringType)
        .add(BronzeColumns.TOPIC, DataTypes.StringType)
        .add(BronzeColumns.PARTITION, DataTypes.IntegerType)
        .add(BronzeColumns.OFFSET, DataTypes.LongType)
        .add(RULES, DataTypes.createArrayType(DataTypes.StringType))
        .add(FILLED_FROM, DataTypes.StringType)
        .add(DECISION, DataTypes.StringType)
        .add(DECIDED_AT, DataTypes.TimestampType)
        .add(NOTE, DataTypes.StringType);
  }

  /** What a quarantine has; columns that an older one lacks are null. */
  public static Dataset<Row> rows(LakeTable quarantine) {
    Dataset<Row> rows = quarantine.read();
    for (StructField field : missing(rows.schema())) {
      rows = rows.withColumn(field.name(), lit(null).cast(field.dataType()));
    }
    return rows;
  }

  /** Whether nobody has decided about a row. */
  public static Column undecided() {
    return col(DECISION).isNull();
  }

  /** Creates a quarantine, or gives an older one the columns that it lacks. */
  public static void prepare(LakeTable quarantine) {
    quarantine.create(TableDefinition.log(type()));
    StructType existing = quarantine.schema();
    List<StructField> missing = missing(existing);
    if (!missing.isEmpty()) {
      String last = existing.fieldNames()[existing.length() - 1];
      quarantine.addColumns(missing, Optional.of(last));
    }
  }

  private static List<StructField> missing(StructType existing) {
    return Arrays.stream(type().fields())
        .filter(field -> existing.getFieldIndex(field.name()).isEmpty())
        .toList();
  }
}
