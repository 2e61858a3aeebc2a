package io.tidemark.core.rule;

import static scala.collection.JavaConverters.seqAsJavaList;

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
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractPartialFunction;

/**
 * Turns SQL over the columns of one row into expressions that can be evaluated row by row.
 *
 * <p>They are resolved in ANSI mode: what cannot be computed, such as a division by zero, fails and
 * can be told, where it would be NULL or a wrong number otherwise. They say the same of a row each
 * time, so that a rebuild makes of every row what the merge made of it.
 */
public final class RowExpressions {
  private final SparkSession session;

  /** Expressions as the functions and settings of a session have them, in ANSI mode. */
  public RowExpressions(SparkSession spark) {
    session = spark.cloneSession();
    session.conf().set("spark.sql.ansi.enabled", "true");
  }

  /**
   * A predicate, bound to the columns' places.
   *
   * @throws InvalidExpression if it is no predicate over one row of them
   */
  public Expression predicate(StructType columns, String sql) throws InvalidExpression {
    Expression predicate = bound(columns, sql);
    if (!predicate.dataType().equals(DataTypes.BooleanType)) {
      throw new InvalidExpression(
          "it is a value of type " + predicate.dataType().sql() + ", not a predicate");
    }
    return predicate;
  }

  /**
   * A value cast to a type, bound to the columns' places.
   *
   * @throws InvalidExpression if it is no value over one row of them, or cannot be cast
   */
  public Expression value(StructType columns, String sql, DataType type) throws InvalidExpression {
    return bound(columns, "CAST((" + sql + "\n) AS " + type.sql() + ")");
  }

  private Expression bound(StructType columns, String sql) throws InvalidExpression {
    // Of an RDD: the optimizer would compute a local relation away, and the expression with it.
    Dataset<Row> none =
        session.createDataFrame(
            session.sparkContext().emptyRDD(ClassTag$.MODULE$.<Row>apply(Row.class)), columns);
    LogicalPlan analyzed;
    LogicalPlan plan;
    try {
      QueryExecution query = none.selectExpr(sql).queryExecution();
      analyzed = query.analyzed();
      plan = query.optimizedPlan();
    } catch (Exception e) { // Spark's AnalysisException is checked, and not declared.
      throw new InvalidExpression(e);
    }
    if (!(plan instanceof Project project) || !(project.child() instanceof LogicalRDD rows)) {
      throw new InvalidExpression("it looks at more than one row");
    }
    Expression expression = (Expression) project.projectList().head();
    if (SubqueryExpression.hasSubquery(expression)) {
      throw new InvalidExpression("it looks at other tables");
    }
    if (!expression.deterministic() || analyzed.containsPattern(TreePattern.CURRENT_LIKE())) {
      throw new InvalidExpression("it does not say the same of a row each time");
    }
    return expression.transform(new ToPlaces(seqAsJavaList(rows.output())));
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
