package io.tidemark.merge.fold;

import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.schema.DecodedRow;
import io.tidemark.core.schema.LakeField;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Decodes bronze rows one by one: the row after the change, else the one before, else none. Behind
 * the target's columns stand the columns given as they are, and {@link #UNLOGGED}.
 */
public final class EventRows implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Names of the columns whose value the source did not log; null if it logged all. */
  public static final String UNLOGGED = "_unlogged";

  /** The columns it reads first, in this order; all further ones it hands on. */
  public static final List<String> INPUT =
      List.of(BronzeColumns.AFTER, BronzeColumns.BEFORE, BronzeColumns.SCHEMA);

  private final RowDecoders decoders;

  /** Rows in the decoders' target columns. */
  public EventRows(RowDecoders decoders) {
    this.decoders = decoders;
  }

  /**
   * The type of the rows.
   *
   * @param handedOn the columns behind {@link #INPUT}
   */
  public static StructType type(List<LakeField> target, StructType handedOn) {
    StructType type = FoldedColumns.columns(target);
    for (StructField field : handedOn.fields()) {
      type = type.add(field);
    }
    return type.add(UNLOGGED, DataTypes.createArrayType(DataTypes.StringType));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> changes) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return changes.hasNext();
      }

      @Override
      public Row next() {
        return row(changes.next());
      }
    };
  }

  private Row row(Row change) {
    List<LakeField> target = decoders.target();
    int handedOn = change.length() - INPUT.size();
    Object[] row = new Object[target.size() + handedOn + 1];
    String json = change.isNullAt(0) ? change.getString(1) : change.getString(0);
    if (json != null) {
      DecodedRow decoded = decoders.row(json, change.getString(2));
      List<Object> unlogged = new ArrayList<>();
      for (int column = 0; column < target.size(); column++) {
        LakeField field = target.get(column);
        row[column] = ExternalValues.of(decoded.values()[column], field.type());
        if (decoded.isUnavailable(column)) {
          unlogged.add(field.name());
        }
      }
      row[row.length - 1] = unlogged.isEmpty() ? null : asScalaBuffer(unlogged);
    }
    for (int i = 0; i < handedOn; i++) {
      row[target.size() + i] = change.get(INPUT.size() + i);
    }
    return RowFactory.create(row);
  }
}
