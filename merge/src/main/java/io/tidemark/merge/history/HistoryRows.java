package io.tidemark.merge.history;

import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.merge.fold.FoldedColumns;
import io.tidemark.merge.history.Element.Change;
import io.tidemark.merge.history.Element.Mark;
import io.tidemark.merge.history.Element.Stored;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Elements and actions as rows: the table's columns, then what every interval has, and what the row
 * stands for. Immutable; travels to the executors.
 */
final class HistoryRows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a row stands for; one of the codes below. */
  static final String ROLE = "__role";

  /** In rows of {@link #TALLY}: counts in the order of {@link Tally}. */
  static final String COUNTS = "__counts";

  static final String CHANGE = "change";
  static final String STORED = "stored";

  /** An element and an action: what is remembered, and what is to be. */
  static final String MARK = "mark";

  static final String INSERT = "insert";
  static final String UPDATE = "update";
  static final String REMOVE = "remove";
  static final String TALLY = "tally";

  /** The columns behind the table's own, in order; one more than the codes above need. */
  static final List<String> TAIL =
      List.of(
          HistoryColumns.OPERATION,
          HistoryColumns.POSITION,
          HistoryColumns.SOURCE_TIME,
          HistoryColumns.VALID_FROM,
          HistoryColumns.VALID_TO,
          HistoryColumns.END_POSITION,
          HistoryColumns.UNLOGGED,
          HistoryColumns.UNRESOLVED,
          ROLE,
          COUNTS);

  private final ArrayList<String> names = new ArrayList<>();
  private final HashMap<String, Integer> places = new HashMap<>();
  private final int width;

  HistoryRows(List<LakeField> columns) {
    columns.forEach(column -> places.put(column.name(), places.size()));
    columns.forEach(column -> names.add(column.name()));
    width = columns.size();
  }

  /** The type of all rows. */
  static StructType type(List<LakeField> columns) {
    return FoldedColumns.columns(columns)
        .add(HistoryColumns.OPERATION, DataTypes.StringType)
        .add(HistoryColumns.POSITION, DataTypes.StringType)
        .add(HistoryColumns.SOURCE_TIME, DataTypes.TimestampType)
        .add(HistoryColumns.VALID_FROM, DataTypes.TimestampType)
        .add(HistoryColumns.VALID_TO, DataTypes.TimestampType)
        .add(HistoryColumns.END_POSITION, DataTypes.StringType)
        .add(HistoryColumns.UNLOGGED, DataTypes.createArrayType(DataTypes.StringType))
        .add(HistoryColumns.UNRESOLVED, DataTypes.createArrayType(DataTypes.StringType))
        .add(ROLE, DataTypes.StringType)
        .add(COUNTS, DataTypes.createArrayType(DataTypes.LongType));
  }

  /** The values of some columns, such as those of the key. */
  Object[] values(Row row, int[] columns) {
    return Arrays.stream(columns).mapToObj(row::get).toArray();
  }

  /** What an input row tells of its key. */
  Element element(Row row) {
    String op = row.getString(width);
    String position = row.getString(width + 1);
    Instant time = row.getAs(width + 2);
    return switch (row.getString(width + 8)) {
      case CHANGE -> new Change(op, position, time, values(row), columns(row, width + 6));
      case STORED ->
          new Stored(
              new Interval(
                  op,
                  position,
                  time,
                  values(row),
                  columns(row, width + 6),
                  columns(row, width + 7),
                  row.getAs(width + 3),
                  row.getAs(width + 4),
                  row.getString(width + 5)));
      case MARK -> new Mark(op, position, time, true);
      default -> throw new IllegalArgumentException("Invalid row: " + row);
    };
  }

  private Object[] values(Row row) {
    Object[] values = new Object[width];
    for (int column = 0; column < width; column++) {
      values[column] = row.get(column);
    }
    return values;
  }

  /** A change as an input row. */
  Row change(Change change) {
    Object[] row = Arrays.copyOf(change.values(), width + TAIL.size());
    row[width] = change.op();
    row[width + 1] = change.position();
    row[width + 2] = change.time();
    row[width + 6] = names(change.unlogged());
    row[width + 8] = CHANGE;
    return RowFactory.create(row);
  }

  /** An action on a key as an output row. */
  Row action(Action action, Object[] key, int[] keyColumns) {
    if (action instanceof Action.Insert insert) {
      return interval(INSERT, insert.interval());
    }
    if (action instanceof Action.Update update) {
      return interval(UPDATE, update.interval());
    }
    if (action instanceof Action.Remove remove) {
      return interval(REMOVE, remove.interval());
    }
    Mark mark = ((Action.Remember) action).mark();
    Object[] row = new Object[width + TAIL.size()];
    for (int i = 0; i < key.length; i++) {
      row[keyColumns[i]] = key[i];
    }
    row[width] = mark.op();
    row[width + 1] = mark.position();
    row[width + 2] = mark.time();
    row[width + 8] = MARK;
    return RowFactory.create(row);
  }

  private Row interval(String role, Interval interval) {
    Object[] row = Arrays.copyOf(interval.values(), width + TAIL.size());
    row[width] = interval.op();
    row[width + 1] = interval.position();
    row[width + 2] = interval.sourceTime();
    row[width + 3] = interval.validFrom();
    row[width + 4] = interval.validTo();
    row[width + 5] = interval.endPosition();
    row[width + 6] = names(interval.unlogged());
    row[width + 7] = names(interval.unresolved());
    row[width + 8] = role;
    return RowFactory.create(row);
  }

  /** Counts as an output row. */
  Row tally(Tally tally) {
    Object[] row = new Object[width + TAIL.size()];
    row[width + 8] = TALLY;
    row[width + 9] = new long[] {tally.opened, tally.closed, tally.idle, tally.known};
    return RowFactory.create(row);
  }

  private BitSet columns(Row row, int place) {
    BitSet columns = new BitSet(0);
    if (!row.isNullAt(place)) {
      for (String name : row.<String>getList(place)) {
        Integer column = places.get(name); // Null for one that the table has no more.
        if (column != null) {
          columns.set(column);
        }
      }
    }
    return columns;
  }

  private Object names(BitSet columns) {
    return columns.isEmpty()
        ? null
        : asScalaBuffer(columns.stream().mapToObj(names::get).toList()).toSeq();
  }
}
