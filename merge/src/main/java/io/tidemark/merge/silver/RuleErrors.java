package io.tidemark.merge.silver;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;

/** What goes wrong with row rules. */
final class RuleErrors {
  private RuleErrors() {}

  /** Rows break a rule that stops the merge. */
  static TidemarkException failed(String table, long rows, String examples) {
    return Errors.quality(
        "Cannot merge table '%s': %d rows break a rule with action 'fail': %s"
            .formatted(table, rows, examples),
        "Silver is as it was. Correct the rows in the source or the rule in the checks file, or"
            + " give it another action, then run 'tidemark merge'");
  }

  /** Rules are for rows that are current, and here every event is kept. */
  static TidemarkException ofEvents(String table) {
    return Errors.configuration(
        "Cannot judge the rows of table '%s': it is append-only, so its rows are events"
            .formatted(table),
        "Declare a compliance check in place of the rule, which tells and keeps them");
  }

  /** A row that is to be removed would be shown as one that the source deleted. */
  static TidemarkException removesSoftly(String table) {
    return Errors.configuration(
        "Cannot remove quarantined rows of table '%s': with 'deletes: soft' no row leaves it"
            .formatted(table),
        "Set 'on-quarantine' to keep-last-good or flag");
  }
}
