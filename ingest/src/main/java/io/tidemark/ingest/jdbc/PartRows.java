package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.Dialect.RowTexts;
import io.tidemark.core.database.LogPlace;
import io.tidemark.core.database.Query;
import io.tidemark.core.database.Snapshot;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of one piece of a table in one view of the database, each as a record. */
final class PartRows implements Iterator<Row> {
  private final Part part;
  private final RowSource source;
  private final Watermark watermark;
  private final Query query;
  private final Snapshot snapshot;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final RowTexts values;
  private final PolledRows writer;
  private final LogPlace place;
  private final int[] key;
  private final Set<List<String>> missing;
  private final long now;
  private final long placed;
  private final Instant clock;
  private long offset;
  private boolean exhausted;
  private Found next;

  /** A row as the database gave it; one that was looked for in vain has its key only. */
  private record Found(String[] texts, long changed, boolean deleted) {}

  /**
   * Runs the query of a piece.
   *
   * @param watermark null where rows have none
   */
  PartRows(Part part, Snapshot snapshot, RowSource source, Watermark watermark) {
    this.part = part;
    this.query = new Query(part.about(), part.sql(), part.parameters());
    this.snapshot = snapshot;
    this.source = source;
    this.watermark = watermark;
    this.writer = new PolledRows(source, part.columns(), part.key());
    this.place = part.standing().place().orElseGet(() -> LogPlace.of(snapshot.moment()));
    List<String> names = List.copyOf(part.columns().keySet());
    this.key = part.key().stream().mapToInt(names::indexOf).toArray();
    this.missing = new LinkedHashSet<>(part.wanted());
    this.offset = part.offset();
    this.clock = snapshot.moment().clock();
    this.now = ChronoUnit.MICROS.between(Instant.EPOCH, clock);
    this.placed = place.micros();
    try {
      this.statement = snapshot.prepared(query);
      this.rows = statement.executeQuery();
      this.values = snapshot.dialect().texts(rows);
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
    return new Found(texts, placed, true);
  }

  private Found read() throws SQLException {
    int columns = part.columns().size();
    String[] texts = new String[columns];
    for (int i = 0; i < columns; i++) {
      texts[i] = values.text(i + 1);
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
      return placed;
    }
    String mark = values.text(columns + 1);
    return mark == null ? placed : watermark.micros(mark, now);
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
    PolledRows.At at = new PolledRows.At(place, found.changed(), part.standing().mark().of(row));
    byte[] value = writer.value(found.texts(), found.deleted(), at);
    return RowFactory.create(
        writer.key(found.texts()), value, null, source.topic(), 0, offset++, clock, null, null);
  }
}
