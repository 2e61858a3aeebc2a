package io.tidemark.core.rule;

import io.tidemark.core.check.RowRule.Action;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the rules say of one row.
 *
 * @param action the gravest of the broken rules; empty if the row keeps them all
 * @param rules the names of the broken rules, in the order of the file; corrections that cannot be
 *     made come first
 * @param message why each of them is broken
 */
public record Judgement(Optional<Action> action, List<String> rules, String message) {
  static Judgement of(List<BrokenRule> broken) {
    return new Judgement(
        broken.stream().map(BrokenRule::action).max(Comparator.comparing(Judgement::gravity)),
        broken.stream().map(BrokenRule::name).toList(),
        broken.stream().map(BrokenRule::reason).collect(Collectors.joining("; ")));
  }

  private static int gravity(Action action) {
    return switch (action) {
      case WARN -> 0;
      case QUARANTINE -> 1;
      case FAIL -> 2;
    };
  }

  /** Whether some rule is broken, be it one that only warns. */
  public boolean isBroken() {
    return action.isPresent();
  }

  /** Whether the row must not pass: a broken rule does more than warn. */
  public boolean refuses() {
    return action.filter(a -> a != Action.WARN).isPresent();
  }
}
