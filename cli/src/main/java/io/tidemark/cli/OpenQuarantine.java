package io.tidemark.cli;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the changes in quarantine about which nobody has decided. */
final class OpenQuarantine {
  private static final String DECISION = "decision";

  private OpenQuarantine() {}

  static long of(Lake lake, String table) {
    LakeTable quarantine = lake.quarantine(table);
    if (!quarantine.exists()) {
      return 0;
    }
    Dataset<Row> rows = quarantine.read();
    // A quarantine from before there were decisions has none.
    boolean decided = Arrays.asList(rows.columns()).contains(DECISION);
    return (decided ? rows.filter(col(DECISION).isNull()) : rows).count();
  }
}
