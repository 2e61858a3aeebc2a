package io.tidemark.core.rule;

import io.tidemark.core.check.RowRule.Action;

/**
 * A rule that one row breaks.
 *
 * @param reason why, for people
 */
record BrokenRule(String name, Action action, String reason) {
  private static final int LONGEST_REASON = 300;

  /** A rule whose predicate is not true, but what the words say. */
  static BrokenRule because(String name, Action action, String sql, String words) {
    return new BrokenRule(name, action, "%s: %s (%s)".formatted(name, words, sql));
  }

  /** A correction that fails breaks the rule that it can be made: its row must not pass. */
  static BrokenRule ofCorrection(String column, String sql, Exception error) {
    return because("correction of " + column, Action.QUARANTINE, sql, notComputed(error));
  }

  /** What is said of an expression that fails. */
  static String notComputed(Exception error) {
    String text = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    String shown = text.isBlank() ? error.toString() : text;
    return "cannot be computed, "
        + (shown.length() > LONGEST_REASON ? shown.substring(0, LONGEST_REASON) : shown);
  }
}
