package io.tidemark.merge.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.merge.fold.FoldedColumns;
import io.tidemark.merge.history.Truncates.Truncate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The memory of changes that left no interval: truncates and complete snapshots, which have no key;
 * deletes that closed none, for an older change that arrives later; and rows that were read again
 * and had not changed, for a later one that arrives in between. Written before history; what it has
 * twice counts once.
 */
final class HistoryMarks {
  private static final String TRUNCATE = "t";
  private static final String SNAPSHOT = "s";

  private final LakeTable table;
  private final List<LakeField> key;

  /** The marks of a table whose key has these columns. */
  HistoryMarks(LakeTable table, List<LakeField> key) {
    this.table = table;
    this.key = key;
    StructType columns = columns();
    table.create(TableDefinition.log(columns));
    if (!keyColumns(table.schema()).equals(keyColumns(columns))) {
      table.replace(table.read().select(brought(columns)), List.of());
    }
  }

  private StructType columns() {
    return FoldedColumns.columns(key)
        .add(HistoryColumns.OPERATION, DataTypes.StringType)
        .add(HistoryColumns.POSITION, DataTypes.StringType)
        .add(HistoryColumns.SOURCE_TIME, DataTypes.TimestampType)
        .add(HistoryColumns.APPLIED_AT, DataTypes.TimestampType);
  }

  private List<String> keyColumns(StructType type) {
    return Arrays.stream(type.fields())
        .limit(key.size())
        .map(field -> field.name() + " " + field.dataType().sql())
        .toList();
  }

  /** The key's columns keep their places, whatever they are called and however wide they are. */
  private Column[] brought(StructType columns) {
    String[] stored = table.schema().fieldNames();
    List<Column> brought = new ArrayList<>();
    for (int i = 0; i < stored.length; i++) {
      StructField field = columns.fields()[i];
      brought.add(col(SqlNames.quote(stored[i])).cast(field.dataType()).as(field.name()));
    }
    return brought.toArray(Column[]::new);
  }

  private boolean areNone() {
    return table.version() == 0;
  }

  /** All truncates and snapshots that are remembered. */
  List<Truncate> truncates() {
    if (areNone()) {
      return List.of();
    }
    return table
        .read()
        .filter(ofTable())
        .select(HistoryColumns.POSITION, HistoryColumns.SOURCE_TIME, HistoryColumns.OPERATION)
        .collectAsList()
        .stream()
        .map(row -> new Truncate(row.getString(0), row.getAs(1), row.get(2).equals(SNAPSHOT)))
        .toList();
  }

  private static Column ofTable() {
    return col(HistoryColumns.OPERATION).isin(TRUNCATE, SNAPSHOT);
  }

  /** Whether a batch can concern some of the marks of keys. */
  boolean areWithin(Reach reach) {
    if (areNone()) {
      return false;
    }
    Row latest = keyed().agg(max(HistoryColumns.POSITION), max(HistoryColumns.SOURCE_TIME)).head();
    return !latest.isNullAt(0) && reach.contains(latest.getString(0), latest.getAs(1));
  }

  /** The marks of keys. */
  Dataset<Row> keyed() {
    return table.read().filter(not(ofTable()));
  }

  /** Remembers marks of keys, given in their columns. */
  void remember(Dataset<Row> marks, Instant now) {
    List<Column> columns = new ArrayList<>();
    key.forEach(column -> columns.add(col(SqlNames.quote(column.name()))));
    columns.add(col(HistoryColumns.OPERATION));
    columns.add(col(HistoryColumns.POSITION));
    columns.add(col(HistoryColumns.SOURCE_TIME));
    columns.add(lit(now).as(HistoryColumns.APPLIED_AT));
    table.append(marks.select(columns.toArray(Column[]::new)).coalesce(1), List.of());
  }

  /** Remembers truncates and snapshots. */
  void remember(SparkSession session, List<Truncate> truncates, Instant now) {
    List<Row> rows = new ArrayList<>();
    for (Truncate truncate : truncates) {
      Object[] row = new Object[key.size() + 4];
      row[key.size()] = truncate.isSnapshot() ? SNAPSHOT : TRUNCATE;
      row[key.size() + 1] = truncate.position();
      row[key.size() + 2] = truncate.time();
      row[key.size() + 3] = now;
      rows.add(RowFactory.create(row));
    }
    table.append(session.createDataFrame(rows, columns()).coalesce(1), List.of());
  }
}
