package io.tidemark.proof;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often histories and deliveries hit what the rules are about. Not for several threads. */
final class Coverage {
  private final EnumMap<Rule, Long> hits = new EnumMap<>(Rule.class);

  void hit(Rule rule) {
    hit(rule, 1);
  }

  void hit(Rule rule, long times) {
    hits.merge(rule, times, Long::sum);
  }

  long of(Rule rule) {
    return hits.getOrDefault(rule, 0L);
  }

  /** The rules that were hit less often. */
  List<Rule> below(long minimum) {
    return List.of(Rule.values()).stream().filter(rule -> of(rule) < minimum).toList();
  }

  /** One line for each rule. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    for (Map.Entry<Rule, Long> entry : all().entrySet()) {
      Rule rule = entry.getKey();
      table.append("rule %2d  %9d  %s%n".formatted(rule.number(), entry.getValue(), rule.what()));
    }
    return table.toString();
  }

  private Map<Rule, Long> all() {
    EnumMap<Rule, Long> all = new EnumMap<>(Rule.class);
    for (Rule rule : Rule.values()) {
      all.put(rule, of(rule));
    }
    return all;
  }
}
