package io.tidemark.core.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sources of a table that combines several source tables.
 *
 * <p>Each source has a lake table of its own, {@code <table>__<label>}, in which its changes are
 * applied in its own order; the combined table is computed from their rows.
 *
 * @param tables label to source table, the most trusted first; empty for a table with one source
 * @param column the column that tells which source a row is from
 * @param conflicts what holds when several sources have a row of one key; empty if such rows are
 *     different rows, and the source column is part of the key
 * @param counters the columns that are summed
 */
public record SourcesSpec(
    Map<String, String> tables,
    String column,
    Optional<ConflictPolicy> conflicts,
    List<String> counters) {

  /** Copies the collections. */
  public SourcesSpec {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    counters = List.copyOf(counters);
  }

  /** Whether there are several sources. */
  public boolean several() {
    return !tables.isEmpty();
  }

  /** The lake table of a source. */
  public static String lakeTable(String table, String label) {
    return table + "__" + label;
  }
}
