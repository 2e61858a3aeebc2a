package io.tidemark.core.check;

import java.util.Map;
import java.util.Optional;

/**
 * Tables whose checks fail, so that nothing is made from them until they are good again.
 *
 * @param reasons the checks that fail, each with what it measured and expected
 */
public record BadTables(Map<TableRef, String> reasons) {
  /** No table is known to be bad. */
  public static final BadTables NONE = new BadTables(Map.of());

  /** Copies the map. */
  public BadTables {
    reasons = Map.copyOf(reasons);
  }

  /** What is wrong with a table; empty if nothing is. */
  public Optional<String> reason(TableRef table) {
    return Optional.ofNullable(reasons.get(table));
  }
}
