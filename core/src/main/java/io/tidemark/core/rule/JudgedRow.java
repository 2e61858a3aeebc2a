package io.tidemark.core.rule;

import java.util.List;

/**
 * What corrections and rules made of one row.
 *
 * @param judgement what the rules say of the corrected row
 * @param corrections the values that are others than the source had
 */
public record JudgedRow(Judgement judgement, List<Correction> corrections) {
  /** Copies the list. */
  public JudgedRow {
    corrections = List.copyOf(corrections);
  }
}
