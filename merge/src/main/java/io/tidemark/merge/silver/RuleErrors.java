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
}
