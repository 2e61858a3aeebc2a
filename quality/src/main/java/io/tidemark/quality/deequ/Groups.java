package io.tidemark.quality.deequ;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.amazon.deequ.analyzers.Analyzers;
import com.amazon.deequ.analyzers.Distinctness;
import com.amazon.deequ.analyzers.Uniqueness;
import io.tidemark.core.check.Subject;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * How the rows fall into groups of equal values in some columns, as Deequ counts them: a row that
 * is NULL in all of them is in none.
 *
 * @param single groups of one row
 * @param groups all groups
 * @param rows in groups
 */
public record Groups(long single, long groups, long rows) {
  /**
   * Counts the groups, in one pass over the rows.
   *
   * @throws RuntimeException if a column is missing or cannot be compared
   */
  public static Groups of(Dataset<Row> rows, Ask ask) {
    List<String> names = columns(ask.subject());
    Column[] columns =
        names.stream().map(name -> Columns.of(rows.schema(), name)).toArray(Column[]::new);
    Column any = lit(false);
    for (Column column : columns) {
      any = any.or(column.isNotNull());
    }
    Dataset<Row> frequencies =
        ask.where()
            .map(where -> rows.filter(expr(where)))
            .orElse(rows)
            .filter(any)
            .groupBy(columns)
            .agg(count(lit(1)).as(Analyzers.COUNT_COL()));
    // Deequ divides by the number of rows, which takes a pass of its own; here it comes with the
    // rest.
    Seq<String> none = JavaConverters.asScalaBuffer(names).toSeq();
    Column single =
        new Uniqueness(none, Option.empty(), Option.empty()).aggregationFunctions(1).head();
    Column groups = new Distinctness(none, Option.empty()).aggregationFunctions(1).head();
    Row found = frequencies.agg(single, groups, sum(col(Analyzers.COUNT_COL()))).head();
    return found.isNullAt(0)
        ? new Groups(0, 0, 0)
        : new Groups((long) found.getDouble(0), (long) found.getDouble(1), found.getLong(2));
  }

  /** Whether something asked is measured by groups. */
  public static boolean measure(Subject subject) {
    return subject instanceof Subject.Uniqueness || subject instanceof Subject.Distinctness;
  }

  /** The columns whose values make the groups. */
  public static List<String> columns(Subject subject) {
    return subject instanceof Subject.Uniqueness its
        ? its.columns()
        : ((Subject.Distinctness) subject).columns();
  }

  /** The measure; empty if no row has a value. */
  public OptionalDouble value(Subject subject) {
    if (rows == 0) {
      return OptionalDouble.empty();
    }
    long counted = subject instanceof Subject.Uniqueness ? single : groups;
    return OptionalDouble.of((double) counted / rows);
  }
}
