package io.tidemark.merge.combine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.LakeType;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that one source has of its own.
 *
 * @param label the source's label
 * @param rank its place in the declaration
 * @param table its table of current rows
 */
record SourceRows(String label, int rank, LakeTable table) {

  /** The columns of its key. */
  List<String> key() {
    return SilverColumns.key(table.properties());
  }

  /** The source's own columns. */
  List<LakeField> columns() {
    List<LakeField> columns = new ArrayList<>();
    Arrays.stream(table.schema().fields())
        .filter(field -> !SilverColumns.isOwn(field.name()))
        .forEach(f -> columns.add(new LakeField(f.name(), LakeType.parse(f.dataType().sql()))));
    return columns;
  }

  /** Its rows in the columns of the combined table, and what {@link Resolution} needs. */
  Dataset<Row> read(List<LakeField> combined, String sourceColumn) {
    List<String> names = List.of(table.schema().fieldNames());
    List<Column> columns = new ArrayList<>();
    for (LakeField field : combined) {
      Column value = names.contains(field.name()) ? col(SqlNames.quote(field.name())) : lit(null);
      columns.add(value.cast(field.type().ddl()).as(field.name()));
    }
    Column content = to_json(struct(columns.toArray(Column[]::new)));
    columns.add(lit(label).as(sourceColumn));
    columns.add(col(SilverColumns.POSITION));
    columns.add(col(SilverColumns.SOURCE_TIME));
    boolean soft = names.contains(SilverColumns.DELETED);
    columns.add((soft ? col(SilverColumns.DELETED) : lit(false)).as(Resolution.GONE));
    columns.add(
        (soft ? col(SilverColumns.DELETED_AT) : lit(null).cast("timestamp"))
            .as(SilverColumns.DELETED_AT));
    columns.add(lit(rank).as(Resolution.RANK));
    columns.add(content.as(Resolution.CONTENT));
    return table.read().select(columns.toArray(Column[]::new));
  }
}
