package io.tidemark.quality.reconcile;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.OriginalRows;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Looks rows of silver up by keys that a comparison found. */
public final class KeyedRows {
  private static final String PLACE = "place";
  private static final String WANTED = "wanted_";

  private final Lake lake;
  private final TableSpec spec;
  private final List<String> key;

  /**
   * Rows of a table.
   *
   * @param key the source's names of the columns that tell rows apart
   */
  public KeyedRows(Lake lake, TableSpec spec, List<String> key) {
    this.lake = lake;
    this.spec = spec;
    this.key = List.copyOf(key);
  }

  /**
   * The rows' own columns as JSON, with the values that the source had where they were corrected,
   * by the places of their keys in the list; those that silver does not have are not among them.
   *
   * @param keys values of the key's columns in their order, as texts of the source's form
   */
  public Map<Integer, String> json(List<List<String>> keys) {
    Map<Integer, String> found = new HashMap<>();
    LakeTable silver = lake.silver(spec.name());
    if (!silver.exists() || keys.isEmpty()) {
      return found;
    }
    Dataset<Row> rows = OriginalRows.of(silver.read());
    Dataset<Row> wanted = wanted(keys);
    Column same = null;
    for (int i = 0; i < key.size(); i++) {
      String name = spec.rename().getOrDefault(key.get(i), key.get(i));
      DataType type = rows.schema().apply(name).dataType();
      Column value = typed(WANTED + i, type);
      Column one = rows.col(SqlNames.quote(name)).equalTo(value);
      same = same == null ? one : same.and(one);
    }
    Column[] all =
        Arrays.stream(rows.columns())
            .filter(c -> !SilverColumns.isOwn(c) || c.equals(SilverColumns.DELETED))
            .map(c -> col(SqlNames.quote(c)))
            .toArray(Column[]::new);
    for (Row row :
        rows.join(wanted, same).select(col(PLACE), to_json(struct(all))).collectAsList()) {
      found.put(row.getInt(0), row.getString(1));
    }
    return found;
  }

  private static Column typed(String name, DataType type) {
    return type instanceof BinaryType
        ? expr("unhex(regexp_replace(%s, '^.x', ''))".formatted(name))
        : col(name).cast(type);
  }

  private Dataset<Row> wanted(List<List<String>> keys) {
    StructType columns = new StructType().add(PLACE, DataTypes.IntegerType);
    for (int i = 0; i < key.size(); i++) {
      columns = columns.add(WANTED + i, DataTypes.StringType);
    }
    List<Row> rows = new ArrayList<>();
    for (List<String> one : keys) {
      Object[] values = new Object[key.size() + 1];
      values[0] = rows.size();
      for (int i = 0; i < key.size(); i++) {
        values[i + 1] = one.get(i);
      }
      rows.add(RowFactory.create(values));
    }
    return lake.spark().createDataFrame(rows, columns);
  }
}
