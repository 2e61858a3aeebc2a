package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.SourceDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** Reads pieces of a table one after the other, over one connection at a time. */
final class ReadParts implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private final SourceDatabase database;
  private final Duration timeout;
  private final RowSource source;
  private final List<Part> parts;
  private final Watermark watermark;

  /**
   * Reads parts, told by their numbers.
   *
   * @param watermark null where rows have none
   */
  ReadParts(
      SourceDatabase database,
      Duration timeout,
      RowSource source,
      List<Part> parts,
      Watermark watermark) {
    this.database = database;
    this.timeout = timeout;
    this.source = source;
    this.parts = new ArrayList<>(parts);
    this.watermark = watermark;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> numbers) {
    return new Rows(numbers);
  }

  private final class Rows implements Iterator<Row> {
    private final Iterator<Row> numbers;
    private Snapshot view;
    private PartRows current;

    Rows(Iterator<Row> numbers) {
      this.numbers = numbers;
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> closeView());
    }

    @Override
    public boolean hasNext() {
      while (current == null || !current.hasNext()) {
        closeView();
        if (!numbers.hasNext()) {
          return false;
        }
        Part part = parts.get(numbers.next().getInt(0));
        view = database.snapshot(timeout);
        current = new PartRows(part, view, source, watermark);
      }
      return true;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return current.next();
    }

    private void closeView() {
      current = null;
      if (view != null) {
        view.close();
        view = null;
      }
    }
  }
}
