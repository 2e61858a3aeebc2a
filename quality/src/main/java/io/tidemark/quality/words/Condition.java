package io.tidemark.quality.words;

import static scala.collection.JavaConverters.seqAsJavaList;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;

/**
 * A predicate in SQL, as far as it can be understood without its table.
 *
 * @param sql as it was written
 * @param columns those it looks at, as it spells them; empty also where it cannot be read
 * @param words what it requires; empty where there are no simple words for it
 */
public record Condition(String sql, Set<String> columns, Optional<String> words) {
  /** Copies the set. */
  public Condition {
    columns = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(columns));
  }

  /** Reads a predicate; one that is no SQL has neither columns nor words. */
  public static Condition of(String sql) {
    Expression expression;
    try {
      expression = new CatalystSqlParser().parseExpression(sql);
    } catch (Exception e) { // Spark's ParseException is checked, and not declared.
      return new Condition(sql, Set.of(), Optional.empty());
    }
    Set<String> columns = new LinkedHashSet<>();
    collect(expression, columns);
    return new Condition(sql, columns, ConditionWords.of(expression));
  }

  private static void collect(Expression expression, Set<String> columns) {
    if (expression instanceof UnresolvedAttribute attribute) {
      // Of a nested field the column that holds it.
      columns.add(seqAsJavaList(attribute.nameParts()).get(0));
    }
    List<Expression> children = seqAsJavaList(expression.children());
    children.forEach(child -> collect(child, columns));
  }
}
