package io.tidemark.merge.history;

import io.tidemark.core.schema.DecodedRow;
import io.tidemark.core.schema.LakeField;
import io.tidemark.merge.fold.BronzeChange;
import io.tidemark.merge.fold.ExternalValues;
import io.tidemark.merge.fold.FoldPartition;
import io.tidemark.merge.fold.RowDecoders;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;

/** Decodes bronze rows, each of which may become an interval. */
final class DecodeChanges implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final RowDecoders decoders;
  private final HistoryRows rows;

  DecodeChanges(RowDecoders decoders) {
    this.decoders = decoders;
    this.rows = new HistoryRows(decoders.target());
  }

  @Override
  public Row call(Row row) {
    BronzeChange change = FoldPartition.change(row);
    DecodedRow decoded =
        change.isDelete()
            ? new DecodedRow(decoders.keyValues(change), new BitSet(0))
            : decoders.row(change);
    return rows.change(
        new Element.Change(
            change.operation(),
            change.position(),
            change.sourceTime(),
            external(decoded.values()),
            decoded.unavailable()));
  }

  private Object[] external(Object[] values) {
    List<LakeField> target = decoders.target();
    Object[] external = new Object[values.length];
    for (int column = 0; column < values.length; column++) {
      external[column] = ExternalValues.of(values[column], target.get(column).type());
    }
    return external;
  }
}
