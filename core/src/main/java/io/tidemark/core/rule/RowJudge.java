package io.tidemark.core.rule;

import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRule.Action;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
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
 * Corrects rows of one table, and judges what comes of it by the table's rules. A row keeps a rule
 * only where the predicate is true: where it is false, NULL, or cannot be computed, the rule is
 * broken. So every row either passes or does not, and never both. Travels to the executors.
 */
public final class RowJudge implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType columns;
  private final RowCorrections corrections;
  private final ArrayList<Bound> rules;
  private transient Function1<Object, Object> converter;

  private record Bound(String name, String condition, Action action, Expression predicate)
      implements Serializable {}

  private RowJudge(StructType columns, RowCorrections corrections, ArrayList<Bound> rules) {
    this.columns = columns;
    this.corrections = corrections;
    this.rules = rules;
  }

  /**
   * A judge of rows with these columns.
   *
   * @param table named in errors
   * @param key the columns that identify a row
   * @throws TidemarkException with exit code 2 if a rule is no predicate, or a correction no value,
   *     over one row of them
   */
  public static RowJudge of(
      SparkSession spark, String table, List<String> key, StructType columns, RowRules declared) {
    RowExpressions expressions = new RowExpressions(spark);
    ArrayList<Bound> rules = new ArrayList<>();
    for (RowRule rule : declared.rules()) {
      try {
        Expression predicate = expressions.predicate(columns, rule.condition());
        rules.add(new Bound(rule.name(), rule.condition(), rule.action(), predicate));
      } catch (InvalidExpression e) {
        throw invalid(table, rule, e.getMessage());
      }
    }
    return new RowJudge(
        columns,
        RowCorrections.of(expressions, table, key, columns, declared.corrections()),
        rules);
  }

  private static TidemarkException invalid(String table, RowRule rule, String reason) {
    return Errors.configuration(
        "Cannot judge the rows of table '%s' by rule '%s' (%s): %s"
            .formatted(table, rule.name(), rule.condition(), reason),
        "Correct the rule in the checks file: a predicate over the columns of one row");
  }

  /** Corrects and judges a row, whose values stand in the order of the columns. */
  public JudgedRow judge(Row row) {
    RowCorrections.Corrected corrected = corrections.correct((InternalRow) converter().apply(row));
    List<BrokenRule> broken = new ArrayList<>(corrected.failed());
    for (Bound rule : rules) {
      against(rule.predicate(), corrected.row())
          .map(why -> BrokenRule.because(rule.name(), rule.action(), rule.condition(), why))
          .ifPresent(broken::add);
    }
    return new JudgedRow(Judgement.of(broken), corrected.made());
  }

  private static Optional<String> against(Expression predicate, InternalRow row) {
    try {
      Object value = predicate.eval(row);
      if (Boolean.TRUE.equals(value)) {
        return Optional.empty();
      }
      return Optional.of(value == null ? "is NULL" : "is false");
    } catch (Exception e) { // Of this row alone, whatever the predicate throws; it is told.
      return Optional.of(BrokenRule.notComputed(e));
    }
  }

  private Function1<Object, Object> converter() {
    if (converter == null) {
      converter = CatalystTypeConverters.createToCatalystConverter(columns);
    }
    return converter;
  }
}
