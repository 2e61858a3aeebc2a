package io.tidemark.ingest.poll;

import io.tidemark.core.database.LogPlace;
import io.tidemark.core.database.Query;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.SourceDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads one piece of a table over a connection of its own, in one view of the database, row by row;
 * each becomes a record.
 */
final class ReadChunk implements MapPartitionsFunction<Row, Row> {
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
  ReadChunk(
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
    return numbers.hasNext()
        ? new Rows(parts.get(numbers.next().getInt(0)))
        : Collections.emptyIterator();
  }

  /** A row as the database gave it; one that was looked for in vain has its key only. */
  private record Found(String[] texts, long changed, boolean deleted) {}

  private final class Rows implements Iterator<Row> {
    private final Part part;
    private final Query query;
    private final Snapshot snapshot;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final PolledRows writer;
    private final int[] key;
    private final Set<List<String>> missing;
    private final long now;
    private final Instant clock;
    private long offset;
    private boolean exhausted;
    private Found next;

    Rows(Part part) {
      this.part = part;
      this.query = new Query(part.about(), part.sql(), part.parameters());
      this.writer = new PolledRows(source, part.columns(), part.key());
      List<String> names = List.copyOf(part.columns().keySet());
      this.key = part.key().stream().mapToInt(names::indexOf).toArray();
      this.missing = new LinkedHashSet<>(part.wanted());
      this.offset = part.offset();
      this.snapshot = database.snapshot(timeout);
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> snapshot.close());
      this.clock = snapshot.moment().clock();
      this.now = ChronoUnit.MICROS.between(Instant.EPOCH, clock);
      try {
        this.statement = snapshot.prepared(query);
        this.rows = statement.executeQuery();
        this.next = look();
      } catch (SQLException e) {
        throw snapshot.failed(query, e);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      try {
        Found found = next;
        next = look();
        return record(found);
      } catch (SQLException e) {
        throw snapshot.failed(query, e);
      }
    }

    /** The next row, and behind them all the keys that none of them had; null at the end. */
    private Found look() throws SQLException {
      if (!exhausted) {
        if (rows.next()) {
          return read();
        }
        exhausted = true;
        statement.close();
      }
      Iterator<List<String>> left = missing.iterator();
      if (!left.hasNext()) {
        return null;
      }
      List<String> absent = left.next();
      left.remove();
      String[] texts = new String[part.columns().size()];
      for (int i = 0; i < key.length; i++) {
        texts[key[i]] = absent.get(i);
      }
      return new Found(texts, now, true);
    }

    private Found read() throws SQLException {
      int columns = part.columns().size();
      String[] texts = new String[columns];
      for (int i = 0; i < columns; i++) {
        texts[i] = rows.getString(i + 1);
      }
      if (!part.wanted().isEmpty()) {
        List<String> found = new ArrayList<>();
        for (int place : key) {
          found.add(texts[place]);
        }
        missing.remove(found);
      }
      return new Found(texts, changed(columns), isDeleted(texts));
    }

    private long changed(int columns) throws SQLException {
      if (watermark == null || part.deleted() == Part.ALL_DELETED) {
        return now;
      }
      String mark = rows.getString(columns + 1);
      return mark == null ? now : watermark.micros(mark, now);
    }

    private boolean isDeleted(String[] texts) {
      if (part.deleted() < 0) {
        return part.deleted() == Part.ALL_DELETED;
      }
      String flag = texts[part.deleted()];
      return flag != null && !flag.equals("f") && !flag.equals("0") && !flag.equals("false");
    }

    private Row record(Found found) {
      Part.Mark.Row row =
          next == null
              ? Part.Mark.Row.LAST
              : offset == part.offset() ? Part.Mark.Row.FIRST : Part.Mark.Row.BETWEEN;
      PolledRows.At at =
          new PolledRows.At(
              part.standing().place().orElseGet(() -> LogPlace.of(snapshot.moment())),
              found.changed(),
              part.standing().mark().of(row));
      byte[] value = writer.value(found.texts(), found.deleted(), at);
      return RowFactory.create(
          writer.key(found.texts()), value, null, source.topic(), 0, offset++, clock, null, null);
    }
  }
}
