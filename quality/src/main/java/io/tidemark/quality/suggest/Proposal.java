package io.tidemark.quality.suggest;

import io.tidemark.core.check.DatasetCheck;

/**
 * A check that a table's rows suggest.
 *
 * <p>Always a check of the whole table, never a row rule: a guess that is wrong shall warn or hold
 * a gate, not put good rows into quarantine.
 *
 * @param evidence what was seen, in one line for people
 */
public record Proposal(DatasetCheck check, String evidence) {
  /** The check as a checks file writes it behind its name, on one line. */
  public String yaml() {
    return ProposalText.of(this).value();
  }
}
