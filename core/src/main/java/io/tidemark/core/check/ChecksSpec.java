package io.tidemark.core.check;

import io.tidemark.core.spec.yaml.Place;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A whole checks file.
 *
 * @param file where it was read from; empty if the pipeline names none
 * @param tables in the order of the file
 * @param places where its keys stand, by dotted key: {@code tables.silver.orders.checks.fresh}
 */
public record ChecksSpec(
    Optional<Path> file, Map<TableRef, CheckedTable> tables, Map<String, Place> places) {
  /** No checks. */
  public static final ChecksSpec NONE = new ChecksSpec(Optional.empty(), Map.of());

  /** Copies the maps. */
  public ChecksSpec {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    places = Map.copyOf(places);
  }

  /** Checks of which nobody knows where they stand. */
  public ChecksSpec(Optional<Path> file, Map<TableRef, CheckedTable> tables) {
    this(file, tables, Map.of());
  }

  /**
   * Where a key of a table stands, such as {@code checks.fresh.column}, else the nearest key around
   * it; the start of the file if that is not known.
   */
  public Place place(TableRef table, String key) {
    for (String path = "tables." + table + "." + key;
        path.contains(".");
        path = path.substring(0, path.lastIndexOf('.'))) {
      if (places.containsKey(path)) {
        return places.get(path);
      }
    }
    return Place.START;
  }

  /** What is declared of a table; empty if nothing is. */
  public Optional<CheckedTable> of(TableRef table) {
    return Optional.ofNullable(tables.get(table));
  }

  /** The row rules of a silver table. */
  public RowRules rules(String silverTable) {
    return of(new TableRef(Layer.SILVER, silverTable))
        .map(CheckedTable::rules)
        .orElse(RowRules.NONE);
  }
}
