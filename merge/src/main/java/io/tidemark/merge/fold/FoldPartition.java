package io.tidemark.merge.fold;

import static scala.collection.JavaConverters.mapAsScalaMap;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.schema.LakeField;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Folds a partition in which the changes of a key follow each other, newest first. */
public final class FoldPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** The columns it reads, in this order. */
  public static final List<String> INPUT =
      List.of(
          BronzeColumns.OPERATION,
          BronzeColumns.KEY,
          BronzeColumns.AFTER,
          BronzeColumns.POSITION,
          BronzeColumns.SOURCE_TIME,
          BronzeColumns.SCHEMA);

  private final RowDecoders decoders;

  /** A fold into the decoders' target columns. */
  public FoldPartition(RowDecoders decoders) {
    this.decoders = decoders;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> changes) {
    return new Keys(changes);
  }

  private final class Keys implements Iterator<Row> {
    private final Iterator<Row> changes;
    private BronzeChange ahead;

    Keys(Iterator<Row> changes) {
      this.changes = changes;
      advance();
    }

    private void advance() {
      ahead = changes.hasNext() ? change(changes.next()) : null;
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public Row next() {
      if (ahead == null) {
        throw new NoSuchElementException();
      }
      KeyFold fold = new KeyFold(decoders, ahead);
      advance();
      while (ahead != null && fold.isSameKey(ahead)) {
        fold.older(ahead);
        advance();
      }
      return row(fold.result());
    }
  }

  /** The change in a row of the columns of {@link #INPUT}. */
  public static BronzeChange change(Row row) {
    return new BronzeChange(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getAs(4),
        row.getString(5));
  }

  private Row row(FoldedChange change) {
    List<LakeField> target = decoders.target();
    Object[] row = new Object[target.size() + FoldedColumns.COUNT];
    for (int column = 0; column < target.size(); column++) {
      row[column] = ExternalValues.of(change.values()[column], target.get(column).type());
    }
    int next = target.size();
    row[next++] = change.newest().key();
    row[next++] = change.kind().code();
    row[next++] = change.newest().position();
    row[next++] = change.sourceTime();
    row[next++] = change.unavailable().isEmpty() ? null : mapAsScalaMap(byName(change));
    row[next++] = change.storedSince().orElse(null);
    row[next] = change.events();
    return RowFactory.create(row);
  }

  private Map<String, String> byName(FoldedChange change) {
    Map<String, String> named = new LinkedHashMap<>();
    change
        .unavailable()
        .forEach((column, position) -> named.put(decoders.target().get(column).name(), position));
    return named;
  }
}
