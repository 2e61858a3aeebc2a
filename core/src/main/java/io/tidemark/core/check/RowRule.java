package io.tidemark.core.check;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What must be true of every row of a silver table.
 *
 * @param name what it is called in quarantine rows, reports and alerts; unique in its table
 * @param condition a Spark SQL predicate over the table's columns; a row keeps the rule only where
 *     it is true, neither false nor NULL nor an error
 * @param action what becomes of a row that breaks it
 */
public record RowRule(String name, String condition, Action action, Dimension dimension) {

  /** What becomes of a row that breaks a rule. */
  public enum Action {
    /** It goes to quarantine instead of silver. */
    QUARANTINE,
    /** It is counted and applied. */
    WARN,
    /** The merge of its table stops before it writes anything. */
    FAIL;

    /** The word for it in files and reports. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public RowRule {
    requireNonNull(name, "name");
    requireNonNull(condition, "condition");
    requireNonNull(action, "action");
    requireNonNull(dimension, "dimension");
  }
}
