package io.tidemark.proof;

import io.tidemark.core.schema.LakeField;
import io.tidemark.core.table.LakeTable;
import io.tidemark.quality.kernel.KernelTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Who reads the lake. */
enum Reader {
  SPARK {
    @Override
    List<Map<String, String>> rows(LakeTable table) {
      List<Map<String, String>> rows = new ArrayList<>();
      List<String> columns = List.of(table.schema().fieldNames());
      for (Row row : table.read().collectAsList()) {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = row.get(i);
        }
        rows.add(cells(columns, values));
      }
      return rows;
    }
  },
  /** Delta Kernel, without Spark. */
  KERNEL {
    @Override
    List<Map<String, String>> rows(LakeTable table) {
      List<Map<String, String>> rows = new ArrayList<>();
      KernelTable kernel = KernelTable.newest(table.path());
      List<String> columns = kernel.columns().stream().map(LakeField::name).toList();
      kernel.forEachRow(columns, values -> rows.add(cells(columns, values)));
      return rows;
    }
  };

  /** All rows of a table: the text of each value by its column. */
  abstract List<Map<String, String>> rows(LakeTable table);

  private static Map<String, String> cells(List<String> columns, Object[] values) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      cells.put(columns.get(i), Texts.of(values[i]));
    }
    return cells;
  }
}
