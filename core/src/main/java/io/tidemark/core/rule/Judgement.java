package io.tidemark.core.rule;

import io.tidemark.core.check.RowRule.Action;
import java.util.List;
import java.util.Optional;

/**
 * What the rules say of one row.
 *
 * @param action the gravest of the broken rules; empty if the row keeps them all
 * @param rules the names of the broken rules, in the order of the file
 * @param message why each of them is broken
 */
public record Judgement(Optional<Action> action, List<String> rules, String message) {
  /** All rules are kept. */
  public static final Judgement KEPT = new Judgement(Optional.empty(), List.of(), "");

  /** Whether some rule is broken, be it one that only warns. */
  public boolean isBroken() {
    return action.isPresent();
  }

  /** Whether the row must not pass: a broken rule does more than warn. */
  public boolean refuses() {
    return action.filter(a -> a != Action.WARN).isPresent();
  }
}
