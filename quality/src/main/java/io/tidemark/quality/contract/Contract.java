package io.tidemark.quality.contract;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.check.CheckedTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a source's team must know of what is expected of a table.
 *
 * @param declared the rules and checks
 * @param key the columns that tell its rows apart; empty if that is not known yet
 * @param columns column to type in SQL, in order; empty while there is no such table
 * @param masks column to its mask, as the pipeline file writes it
 * @param told who is told when something is broken, in words; empty if nobody is
 */
public record Contract(
    CheckedTable declared,
    List<String> key,
    Map<String, String> columns,
    Map<String, String> masks,
    List<String> told) {
  /** Copies the collections. */
  public Contract {
    requireNonNull(declared, "declared");
    key = List.copyOf(key);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
    told = List.copyOf(told);
  }
}
