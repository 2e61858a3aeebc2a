package io.tidemark.quality.checks;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.spec.setting.Suggestion;
import io.tidemark.core.table.LakeTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** The columns of a lake's tables, each looked up once. */
final class LakeSchemas {
  private final Lake lake;
  private final Map<TableRef, Optional<StructType>> known = new HashMap<>();

  LakeSchemas(Lake lake) {
    this.lake = lake;
  }

  /** The columns of a table; empty if it does not exist yet. */
  Optional<StructType> of(TableRef table) {
    return known.computeIfAbsent(table, this::read);
  }

  private Optional<StructType> read(TableRef ref) {
    LakeTable table = lake.table(ref);
    return table.exists() ? Optional.of(table.schema()) : Optional.empty();
  }

  /** The columns that tell the rows of a silver table apart; none while that is not known. */
  List<String> key(TableRef silver) {
    Map<String, String> properties = lake.table(silver).properties();
    return properties.containsKey(SilverColumns.KEY_PROPERTY)
        ? SilverColumns.key(properties)
        : List.of();
  }

  /** The existing table that a name was perhaps meant to be. */
  Optional<TableRef> near(TableRef table) {
    List<String> names =
        switch (table.layer()) {
          case BRONZE -> lake.bronzeTables();
          case SILVER -> lake.silverTables();
          case GOLD -> lake.goldTables();
        };
    return Suggestion.closest(table.name(), names).map(name -> new TableRef(table.layer(), name));
  }
}
