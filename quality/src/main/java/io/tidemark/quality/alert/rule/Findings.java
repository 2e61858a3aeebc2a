package io.tidemark.quality.alert.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a look at a pipeline says.
 *
 * @param conditions what is not as it should be
 * @param judged which alerts this look can tell about: one of these that is not among the
 *     conditions is over, any other stays as it is
 */
public record Findings(List<Condition> conditions, Predicate<AlertKey> judged) {
  public Findings {
    conditions = List.copyOf(conditions);
  }

  Findings and(Findings other) {
    List<Condition> all = new ArrayList<>(conditions);
    all.addAll(other.conditions);
    return new Findings(all, judged.or(other.judged));
  }
}
