package io.tidemark.merge.history;

import io.tidemark.core.schema.LakeField;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** Rebuilds the keys of a partition in which a key's elements follow each other, oldest first. */
final class RebuildKeys implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final HistoryRows rows;
  private final int[] keyColumns;
  private final Truncates truncates;
  private final String reach;

  RebuildKeys(List<LakeField> columns, List<String> key, Truncates truncates, String reach) {
    this.rows = new HistoryRows(columns);
    List<String> names = columns.stream().map(LakeField::name).toList();
    this.keyColumns = key.stream().mapToInt(names::indexOf).toArray();
    this.truncates = truncates;
    this.reach = reach;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> elements) {
    return new Keys(elements);
  }

  private final class Keys implements Iterator<Row> {
    private final Iterator<Row> elements;
    private final Queue<Row> ready = new ArrayDeque<>();
    private final Tally tally = new Tally();
    private Object[] key;
    private KeyHistory history;
    private boolean done;

    Keys(Iterator<Row> elements) {
      this.elements = elements;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && !done) {
        if (elements.hasNext()) {
          take(elements.next());
        } else {
          finishKey();
          ready.add(rows.tally(tally));
          done = true;
        }
      }
      return !ready.isEmpty();
    }

    private void take(Row row) {
      Object[] found = rows.values(row, keyColumns);
      if (history == null || !SameValues.all(key, found)) {
        finishKey();
        key = found;
        history =
            new KeyHistory(
                truncates,
                reach,
                action -> ready.add(rows.action(action, found, keyColumns)),
                tally);
      }
      history.add(rows.element(row));
    }

    private void finishKey() {
      if (history != null) {
        history.finish();
        history = null;
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.poll();
    }
  }
}
