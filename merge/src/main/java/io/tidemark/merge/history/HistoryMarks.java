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
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
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
    table.create(
        new TableDefinition(columns, List.of(), Map.of(), TableDefinition.Feature.APPEND_LOG));
    if (!keyTypes(table.schema()).equals(keyTypes(columns))) {
      table.replace(table.read().select(casted()), List.of());
    }
  }

  private StructType columns() {
    return FoldedColumns.columns(key)
        .add(HistoryColumns.OPERATION, DataTypes.StringType)
        .add(HistoryColumns.POSITION, DataTypes.StringType)
        .add(HistoryColumns.SOURCE_TIME, DataTypes.TimestampType)
        .add(HistoryColumns.APPLIED_AT, DataTypes.TimestampType);
  }

  private List<String> keyTypes(StructType type) {
    return key.stream().map(column -> type.apply(column.name()).dataType().sql()).toList();
  }

  private Column[] casted() {
    List<Column> columns = new ArrayList<>();
    for (var field : columns().fields()) {
      columns.add(col(SqlNames.quote(field.name())).cast(field.dataType()).as(field.name()));
    }
    return columns.toArray(Column[]::new);
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
