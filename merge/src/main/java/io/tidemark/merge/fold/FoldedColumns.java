package io.tidemark.merge.fold;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.LakeField;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of folded changes: the target's own, then these. */
public final class FoldedColumns {
  /** Canonical JSON text of the key. */
  public static final String KEY = "__key";

  /** Code of {@link FoldedChange.Kind}. */
  public static final String KIND = "__kind";

  /** Columns whose value a later stored row knows better, each with "later than"; null for none. */
  public static final String UNAVAILABLE = "__unavailable";

  /** How late a row must be stored that is to give missing values; null if none are missing. */
  public static final String STORED_SINCE = "__stored_since";

  /** How many changes were folded into this one. */
  public static final String EVENTS = "__events";

  /** Position of the last change that has a row; null for a delete without one. */
  public static final String ROW_POSITION = "__row_position";

  /** Position of the oldest change that gave a value; null if the newest has them all. */
  public static final String FILLED_FROM = "__filled_from";

  /** The oldest position that had a part in the change. */
  public static final String OLDEST = "__oldest";

  /** Columns that a whole history leaves without a value, with the newest change's position. */
  public static final String PENDING = "__pending";

  /** The changes whose rows break rules, as structs of the five fields below; null for none. */
  public static final String BROKEN = "__broken";

  /** Of a broken row: the position of its change. */
  public static final String BROKEN_POSITION = "position";

  /** Of a broken row: the gravest {@link io.tidemark.core.check.RowRule.Action}, by its name. */
  public static final String BROKEN_ACTION = "action";

  /** Of a broken row: the names of the rules. */
  public static final String BROKEN_RULES = "rules";

  /** Of a broken row: why it breaks each. */
  public static final String BROKEN_MESSAGE = "message";

  /** Of a broken row: whether the change that is applied comes of it. */
  public static final String BROKEN_DECIDES = "decides";

  /**
   * Of a broken row: position of the oldest change that gave a value; null if it has all itself.
   */
  public static final String BROKEN_FILLED_FROM = "filled_from";

  /** The rules that the row breaks and is shown in spite of; null for none. */
  public static final String FLAGS = "__flags";

  /** What the source had in the row's corrected columns, as texts by column; null for none. */
  public static final String ORIGINAL = "__original";

  static final int COUNT = 14;

  private FoldedColumns() {}

  /** The type of folded changes of a table with these columns. */
  public static StructType type(List<LakeField> target) {
    StructType type = columns(target);
    return type.add(KEY, DataTypes.StringType)
        .add(KIND, DataTypes.StringType)
        .add(SilverColumns.POSITION, DataTypes.StringType)
        .add(SilverColumns.SOURCE_TIME, DataTypes.TimestampType)
        .add(UNAVAILABLE, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
        .add(STORED_SINCE, DataTypes.StringType)
        .add(EVENTS, DataTypes.LongType)
        .add(ROW_POSITION, DataTypes.StringType)
        .add(FILLED_FROM, DataTypes.StringType)
        .add(OLDEST, DataTypes.StringType)
        .add(PENDING, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
        .add(BROKEN, DataTypes.createArrayType(broken()))
        .add(FLAGS, DataTypes.createArrayType(DataTypes.StringType))
        .add(ORIGINAL, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));
  }

  /** The fields of a broken row. */
  public static StructType broken() {
    return new StructType()
        .add(BROKEN_POSITION, DataTypes.StringType)
        .add(BROKEN_ACTION, DataTypes.StringType)
        .add(BROKEN_RULES, DataTypes.createArrayType(DataTypes.StringType))
        .add(BROKEN_MESSAGE, DataTypes.StringType)
        .add(BROKEN_DECIDES, DataTypes.BooleanType)
        .add(BROKEN_FILLED_FROM, DataTypes.StringType);
  }

  /** The target's own columns as Spark's types. */
  public static StructType columns(List<LakeField> target) {
    StructType type = new StructType();
    for (LakeField field : target) {
      type = type.add(field.name(), DataType.fromDDL(field.type().ddl()));
    }
    return type;
  }
}
