package io.tidemark.quality.deequ;

import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.Subject;
import java.util.Optional;

/**
 * What is to be measured of a table's rows.
 *
 * @param where a Spark SQL predicate: only the rows for which it is true are measured
 */
public record Ask(Subject subject, Optional<String> where) {
  /** How many rows there are. */
  public static final Ask ROWS = new Ask(new Subject.Size(), Optional.empty());

  /** What a check measures. */
  public static Ask of(DatasetCheck check) {
    return new Ask(check.subject(), check.where());
  }

  /** The share of rows that keep a rule. */
  public static Ask of(RowRule rule) {
    return new Ask(new Subject.Compliance(rule.condition()), Optional.empty());
  }

  /** For people. */
  public String text() {
    return subject + where.map(condition -> " where " + condition).orElse("");
  }

  /** How many rows it measures at most. */
  public Ask rows() {
    return new Ask(new Subject.Size(), where);
  }
}
