package io.tidemark.core.check;

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
 */
public record ChecksSpec(Optional<Path> file, Map<TableRef, CheckedTable> tables) {
  /** No checks. */
  public static final ChecksSpec NONE = new ChecksSpec(Optional.empty(), Map.of());

  /** Copies the map. */
  public ChecksSpec {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
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
