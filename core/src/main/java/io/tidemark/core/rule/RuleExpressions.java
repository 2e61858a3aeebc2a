package io.tidemark.core.rule;

import static scala.collection.JavaConverters.seqAsJavaList;

import io.tidemark.core.check.RowRule;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractPartialFunction;

/**
 * Turns predicates in SQL into expressions that can be evaluated row by row.
 *
 * <p>They are resolved in ANSI mode: what cannot be computed, such as a division by zero, fails and
 * can be told, where it would be NULL or a wrong number otherwise.
 */
public final class RuleExpressions {
  private final Dataset<Row> none;

  /** Predicates over rows with these columns. */
  public RuleExpressions(SparkSession spark, StructType columns) {
    SparkSession session = spark.cloneSession();
    session.conf().set("spark.sql.ansi.enabled", "true");
    // Of an RDD: the optimizer would compute a local relation away, and the predicate with it.
    this.none =
        session.createDataFrame(
            session.sparkContext().emptyRDD(ClassTag$.MODULE$.<Row>apply(Row.class)), columns);
  }

  /**
   * The predicate of a rule, bound to the columns' places.
   *
   * @param table named in errors
   * @throws TidemarkException with exit code 2 if it is no predicate over one row of them
   */
  public Expression of(String table, RowRule rule) {
    LogicalPlan plan;
    try {
      plan = none.selectExpr(rule.condition()).queryExecution().optimizedPlan();
    } catch (Exception e) { // Spark's AnalysisException is checked, and not declared.
      throw invalid(table, rule, firstLine(e));
    }
    if (!(plan instanceof Project project) || !(project.child() instanceof LogicalRDD rows)) {
      throw invalid(table, rule, "it looks at more than one row");
    }
    Expression predicate = (Expression) project.projectList().head();
    if (SubqueryExpression.hasSubquery(predicate)) {
      throw invalid(table, rule, "it looks at other tables");
    }
    if (!predicate.deterministic()) {
      throw invalid(table, rule, "it does not say the same of a row each time");
    }
    if (!predicate.dataType().equals(DataTypes.BooleanType)) {
      String type = predicate.dataType().sql();
      throw invalid(table, rule, "it is a value of type " + type + ", not a predicate");
    }
    return predicate.transform(new ToPlaces(seqAsJavaList(rows.output())));
  }

  private static String firstLine(Exception error) {
    return error.getMessage().lines().findFirst().orElse("");
  }

  private static TidemarkException invalid(String table, RowRule rule, String reason) {
    return Errors.configuration(
        "Cannot judge the rows of table '%s' by rule '%s' (%s): %s"
            .formatted(table, rule.name(), rule.condition(), reason),
        "Correct the rule in the checks file: a predicate over the columns of one row");
  }

  /** Replaces columns by their places in the row. */
  private static final class ToPlaces extends AbstractPartialFunction<Expression, Expression> {
    private final List<Attribute> columns;

    ToPlaces(List<Attribute> columns) {
      this.columns = columns;
    }

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof AttributeReference;
    }

    @Override
    public <A extends Expression, B> B applyOrElse(A expression, Function1<A, B> other) {
      if (expression instanceof AttributeReference column) {
        for (int place = 0; place < columns.size(); place++) {
          if (columns.get(place).exprId().equals(column.exprId())) {
            @SuppressWarnings("unchecked") // B is a supertype of Expression.
            B bound = (B) new BoundReference(place, column.dataType(), column.nullable());
            return bound;
          }
        }
      }
      return other.apply(expression);
    }
  }
}
