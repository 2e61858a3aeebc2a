package io.tidemark.merge.fold;

import static scala.collection.JavaConverters.asScalaBuffer;
import static scala.collection.JavaConverters.mapAsScalaMap;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.rule.Judgement;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.spec.Deletes;
import io.tidemark.merge.fold.FoldRules.Truncate;
import io.tidemark.merge.fold.FoldedChange.BrokenRow;
import java.util.ArrayList;
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
  private final FoldRules rules;

  /** A fold of a batch into the decoders' target columns, for a table that keeps no deleted row. */
  public FoldPartition(RowDecoders decoders) {
    this(decoders, FoldRules.ofBatch(Deletes.HARD));
  }

  /** A fold into the decoders' target columns. */
  public FoldPartition(RowDecoders decoders, FoldRules rules) {
    this.decoders = decoders;
    this.rules = rules;
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
      List<Truncate> truncates = rules.truncates();
      int truncate = truncates.isEmpty() || isLater(ahead, truncates.get(0)) ? 0 : 1;
      ChangeFold fold =
          ChangeFold.of(
              decoders, rules, truncate == 0 ? take() : ahead.truncatedAt(truncates.get(0)));
      while (ahead != null && fold.isSameKey(ahead)) {
        while (truncate < truncates.size() && !isLater(ahead, truncates.get(truncate))) {
          fold.older(ahead.truncatedAt(truncates.get(truncate++)));
        }
        fold.older(take());
      }
      return row(fold.result());
    }

    private BronzeChange take() {
      BronzeChange taken = ahead;
      advance();
      return taken;
    }

    private static boolean isLater(BronzeChange change, Truncate truncate) {
      return change.position().compareTo(truncate.position()) > 0;
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
    row[next++] = change.newest().sourceTime();
    row[next++] = byName(change.unavailable());
    row[next++] = change.storedSince().orElse(null);
    row[next++] = change.events();
    row[next++] = change.rowPosition().orElse(null);
    row[next++] = change.filledFrom().orElse(null);
    row[next++] = change.oldest();
    row[next++] = byName(change.pending());
    row[next++] = broken(change.broken());
    row[next++] = change.flags().isEmpty() ? null : asScalaBuffer(change.flags());
    row[next] = change.originals().isEmpty() ? null : mapAsScalaMap(change.originals());
    return RowFactory.create(row);
  }

  private static Object broken(List<BrokenRow> rows) {
    if (rows.isEmpty()) {
      return null;
    }
    List<Row> told = new ArrayList<>();
    for (BrokenRow row : rows) {
      Judgement judgement = row.judgement();
      told.add(
          RowFactory.create(
              row.position(),
              judgement.action().orElseThrow().name(),
              asScalaBuffer(judgement.rules()),
              judgement.message(),
              row.decides(),
              row.filledFrom().orElse(null)));
    }
    return asScalaBuffer(told);
  }

  private Object byName(Map<Integer, String> positions) {
    if (positions.isEmpty()) {
      return null;
    }
    Map<String, String> named = new LinkedHashMap<>();
    positions.forEach((column, p) -> named.put(decoders.target().get(column).name(), p));
    return mapAsScalaMap(named);
  }
}
