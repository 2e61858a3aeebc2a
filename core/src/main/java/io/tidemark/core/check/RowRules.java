package io.tidemark.core.check;

import java.util.List;

/**
 * The rules of a silver table.
 *
 * @param rules in the order of the file
 */
public record RowRules(List<RowRule> rules, OnQuarantine onQuarantine) {
  /** No rule. */
  public static final RowRules NONE = new RowRules(List.of(), OnQuarantine.KEEP_LAST_GOOD);

  /** Copies the list. */
  public RowRules {
    rules = List.copyOf(rules);
  }

  /** Whether there is no rule. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }
}
