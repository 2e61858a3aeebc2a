package io.tidemark.core.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is declared of the rows of a silver table.
 *
 * @param rules what must be true of each, in the order of the file
 * @param corrections column to the Spark SQL expression over the row as the source had it whose
 *     value is stored in its place
 */
public record RowRules(
    List<RowRule> rules, OnQuarantine onQuarantine, Map<String, String> corrections) {
  /** Rows are taken as they are. */
  public static final RowRules NONE = new RowRules(List.of(), OnQuarantine.KEEP_LAST_GOOD);

  /** Copies the collections. */
  public RowRules {
    rules = List.copyOf(rules);
    corrections = Collections.unmodifiableMap(new LinkedHashMap<>(corrections));
  }

  /** Rules that correct nothing. */
  public RowRules(List<RowRule> rules, OnQuarantine onQuarantine) {
    this(rules, onQuarantine, Map.of());
  }

  /** Whether rows are taken as they are. */
  public boolean areNone() {
    return rules.isEmpty() && corrections.isEmpty();
  }
}
