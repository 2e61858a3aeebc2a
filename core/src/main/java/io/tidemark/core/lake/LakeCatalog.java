package io.tidemark.core.lake;

import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import java.util.List;
import java.util.function.Function;

/** Makes a lake's tables known to SQL by layer: {@code bronze.*}, {@code silver.*} and so on. */
public final class LakeCatalog {
  private LakeCatalog() {}

  /** Registers all tables that exist now in the session's own catalog; nothing is copied. */
  public static void register(Lake lake) {
    layer(lake, "bronze", lake.bronzeTables(), lake::bronze);
    layer(lake, "silver", lake.silverTables(), lake::silver);
    layer(lake, "history", lake.historyTables(), lake::history);
    layer(lake, "gold", lake.goldTables(), lake::gold);
    own(lake, "bronze", "_dead_letters", lake.deadLetters());
    own(lake, "bronze", "_dead_letter_decisions", lake.deadLetterDecisions());
    own(lake, "bronze", "_schemas", lake.schemas());
    own(lake, "bronze", "_files", lake.takenFiles());
    own(lake, "bronze", "_polls", lake.polls());
    own(lake, "tidemark", "runs", lake.runs());
    own(lake, "tidemark", "reconciles", lake.reconciles());
    own(lake, "tidemark", "metrics", lake.metrics());
    own(lake, "tidemark", "alerts", lake.alerts());
    for (String table : lake.silverTables()) {
      own(lake, "tombstones", table, lake.tombstones(table));
      own(lake, "quarantine", table, lake.quarantine(table));
      own(lake, "conflicts", table, lake.conflicts(table));
    }
  }

  private static void layer(
      Lake lake, String layer, List<String> names, Function<String, LakeTable> table) {
    database(lake, layer);
    names.forEach(name -> register(lake, layer, name, table.apply(name)));
  }

  private static void own(Lake lake, String database, String name, LakeTable table) {
    if (table.exists()) {
      database(lake, database);
      register(lake, database, name, table);
    }
  }

  private static void database(Lake lake, String name) {
    lake.spark().sql("CREATE DATABASE IF NOT EXISTS " + SqlNames.quote(name));
  }

  private static void register(Lake lake, String database, String name, LakeTable table) {
    lake.spark()
        .sql(
            "CREATE TABLE IF NOT EXISTS %s.%s USING delta LOCATION %s"
                .formatted(
                    SqlNames.quote(database),
                    SqlNames.quote(name),
                    SqlNames.literal(table.path())));
  }
}
