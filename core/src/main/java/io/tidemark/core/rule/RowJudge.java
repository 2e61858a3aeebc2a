package io.tidemark.core.rule;

import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRule.Action;
import io.tidemark.core.check.RowRules;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * Judges rows of one table by its rules. A row keeps a rule only where the predicate is true: where
 * it is false, NULL, or cannot be computed, the rule is broken. So every row either passes or does
 * not, and never both. Travels to the executors.
 */
public final class RowJudge implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_REASON = 300;

  private final StructType columns;
  private final ArrayList<Bound> rules;
  private transient Function1<Object, Object> converter;

  private record Bound(String name, String condition, Action action, Expression predicate)
      implements Serializable {}

  private RowJudge(StructType columns, ArrayList<Bound> rules) {
    this.columns = columns;
    this.rules = rules;
  }

  /**
   * A judge of rows with these columns.
   *
   * @param table named in errors
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if a rule is no predicate
   *     over one row of them
   */
  public static RowJudge of(
      SparkSession spark, String table, StructType columns, RowRules declared) {
    RuleExpressions expressions = new RuleExpressions(spark, columns);
    ArrayList<Bound> rules = new ArrayList<>();
    for (RowRule rule : declared.rules()) {
      rules.add(
          new Bound(rule.name(), rule.condition(), rule.action(), expressions.of(table, rule)));
    }
    return new RowJudge(columns, rules);
  }

  /** What the rules say of a row, whose values stand in the order of the columns. */
  public Judgement judge(Row row) {
    InternalRow internal = (InternalRow) converter().apply(row);
    List<String> broken = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    Optional<Action> gravest = Optional.empty();
    for (Bound rule : rules) {
      Optional<String> reason = reasonAgainst(rule.predicate(), internal);
      if (reason.isPresent()) {
        broken.add(rule.name());
        message
            .append(message.isEmpty() ? "" : "; ")
            .append("%s: %s (%s)".formatted(rule.name(), reason.get(), rule.condition()));
        gravest = Optional.of(graver(gravest, rule.action()));
      }
    }
    return broken.isEmpty()
        ? Judgement.KEPT
        : new Judgement(gravest, List.copyOf(broken), message.toString());
  }

  private static Optional<String> reasonAgainst(Expression predicate, InternalRow row) {
    try {
      Object value = predicate.eval(row);
      if (Boolean.TRUE.equals(value)) {
        return Optional.empty();
      }
      return Optional.of(value == null ? "is NULL" : "is false");
    } catch (Exception e) { // Of this row alone, whatever the predicate throws; it is told.
      String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      String error = text.isBlank() ? e.toString() : text;
      return Optional.of(
          "cannot be computed, "
              + (error.length() > LONGEST_REASON ? error.substring(0, LONGEST_REASON) : error));
    }
  }

  private static Action graver(Optional<Action> before, Action action) {
    if (before.isEmpty() || before.get() == Action.WARN) {
      return action;
    }
    return action == Action.FAIL ? Action.FAIL : before.get();
  }

  private Function1<Object, Object> converter() {
    if (converter == null) {
      converter = CatalystTypeConverters.createToCatalystConverter(columns);
    }
    return converter;
  }
}
