package io.tidemark.ingest.poll;

import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.Query;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.SourceDatabase;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads one piece of a table over a connection of its own, in one view of the database, row by row;
 * each becomes a record whose place is the view's.
 */
final class ReadChunk implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private final SourceDatabase database;
  private final Duration timeout;
  private final PolledRows.PolledSource source;
  private final List<Part> parts;
  private final Watermark watermark;

  /**
   * One query and what its rows are.
   *
   * @param columns of its rows, in order; behind them stands the watermark, if there is one
   * @param key which of them are the key
   * @param deleted the place of the column that tells whether a row was deleted; {@link #NO_COLUMN}
   *     if none does, {@link #ALL_DELETED} if all rows were
   * @param offset of its first row
   * @param load of a piece of a load: where that began, and which of its ends the piece is
   */
  record Part(
      String about,
      String sql,
      List<String> parameters,
      Map<String, DatabaseType> columns,
      List<String> key,
      int deleted,
      long offset,
      LoadPart load)
      implements Serializable {
    static final int NO_COLUMN = -1;
    static final int ALL_DELETED = -2;

    Part {
      parameters = new ArrayList<>(parameters);
      columns = new LinkedHashMap<>(columns);
      key = new ArrayList<>(key);
    }
  }

  /**
   * What a piece is of a load. Its rows stand where the load began, as those of a connector's
   * snapshot do: what a later poll read is newer, and what the load does not have is gone.
   *
   * @param place of the view in which the load was begun
   */
  record LoadPart(long place, boolean isFirst, boolean isLast) implements Serializable {}

  /**
   * Reads parts, told by their numbers.
   *
   * @param watermark null where rows have none
   */
  ReadChunk(
      SourceDatabase database,
      Duration timeout,
      PolledRows.PolledSource source,
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
    return numbers.hasNext()
        ? new Rows(parts.get(numbers.next().getInt(0)))
        : java.util.Collections.emptyIterator();
  }

  private final class Rows implements Iterator<Row> {
    private final Part part;
    private final Query query;
    private final Snapshot snapshot;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final PolledRows writer;
    private final long now;
    private final Instant clock;
    private long offset;
    private boolean ready;

    Rows(Part part) {
      this.part = part;
      this.query = new Query(part.about(), part.sql(), part.parameters());
      this.writer = new PolledRows(source, part.columns(), part.key());
      this.offset = part.offset();
      this.snapshot = database.snapshot(timeout);
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> snapshot.close());
      this.clock = snapshot.moment().clock();
      this.now = ChronoUnit.MICROS.between(Instant.EPOCH, clock);
      try {
        this.statement = snapshot.prepared(query);
        this.rows = statement.executeQuery();
        this.ready = rows.next();
      } catch (SQLException e) {
        throw snapshot.failed(query, e);
      }
    }

    @Override
    public boolean hasNext() {
      return ready;
    }

    @Override
    public Row next() {
      if (!ready) {
        throw new NoSuchElementException();
      }
      try {
        int columns = part.columns().size();
        String[] texts = new String[columns];
        for (int i = 0; i < columns; i++) {
          texts[i] = rows.getString(i + 1);
        }
        long changed = changed(columns);
        ready = rows.next();
        if (!ready) {
          statement.close();
        }
        return record(texts, changed);
      } catch (SQLException e) {
        throw snapshot.failed(query, e);
      }
    }

    private long changed(int columns) throws SQLException {
      if (watermark == null || part.deleted() == Part.ALL_DELETED) {
        return now;
      }
      String mark = rows.getString(columns + 1);
      return mark == null ? now : watermark.micros(mark, now);
    }

    private Row record(String[] texts, long changed) {
      LoadPart load = part.load();
      PolledRows.At at =
          load == null
              ? new PolledRows.At(snapshot.moment().place(), changed, "")
              : new PolledRows.At(load.place(), changed, mark(load));
      byte[] value = writer.value(texts, isDeleted(texts), at);
      return RowFactory.create(
          writer.key(texts), value, null, source.qualified(), 0, offset++, clock, null, null);
    }

    /** As Debezium marks the rows of a snapshot. */
    private String mark(LoadPart load) {
      if (load.isLast() && !ready) {
        return "last";
      }
      return load.isFirst() && offset == part.offset() ? "first" : "true";
    }

    private boolean isDeleted(String[] texts) {
      if (part.deleted() < 0) {
        return part.deleted() == Part.ALL_DELETED;
      }
      String flag = texts[part.deleted()];
      return flag != null && !flag.equals("f") && !flag.equals("0") && !flag.equals("false");
    }
  }
}
