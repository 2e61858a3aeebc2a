package io.tidemark.merge.quarantine;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.QuarantineColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Which changes in quarantine are meant; those that fit all that is said.
 *
 * @param reason empty for any
 * @param rule the name of a rule that their row breaks; empty for any
 * @param keys their keys, as JSON as {@code list} shows them; empty for any
 */
public record QuarantineFilter(Optional<String> reason, Optional<String> rule, List<String> keys) {
  /** All changes. */
  public static final QuarantineFilter ALL =
      new QuarantineFilter(Optional.empty(), Optional.empty(), List.of());

  /** Copies the list. */
  public QuarantineFilter {
    keys = List.copyOf(keys);
  }

  /** Whether it says nothing. */
  public boolean isAll() {
    return equals(ALL);
  }

  Column condition() {
    Column condition = lit(true);
    if (reason.isPresent()) {
      condition = condition.and(col(QuarantineColumns.REASON).equalTo(reason.get()));
    }
    if (rule.isPresent()) {
      condition = condition.and(array_contains(col(QuarantineColumns.RULES), rule.get()));
    }
    if (!keys.isEmpty()) {
      condition = condition.and(col(BronzeColumns.KEY).isin(keys.toArray()));
    }
    return condition;
  }
}
