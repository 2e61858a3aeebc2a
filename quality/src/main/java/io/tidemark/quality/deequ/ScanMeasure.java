package io.tidemark.quality.deequ;

import static org.apache.spark.sql.functions.array;
import static scala.collection.JavaConverters.seqAsJavaList;

import com.amazon.deequ.analyzers.DataTypeHistogram;
import com.amazon.deequ.analyzers.DoubleValuedState;
import com.amazon.deequ.analyzers.NumMatchesAndCount;
import com.amazon.deequ.analyzers.ScanShareableAnalyzer;
import com.amazon.deequ.analyzers.State;
import com.amazon.deequ.metrics.DoubleMetric;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.Subject.DataKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.functions;
import scala.Option;

/**
 * A measure that shares a pass with others: an analyzer, what it reads of a row, and the aggregates
 * that its state is made of.
 *
 * @param ask what it measures
 * @param name of the column that it reads
 * @param input what it reads of a row
 * @param analyzer turns aggregates into states, and a state into the measure
 * @param aggregates the columns of its state
 * @param kind what is measured of a histogram of kinds; else empty
 */
record ScanMeasure(
    Ask ask,
    String name,
    Column input,
    ScanShareableAnalyzer<?, ?> analyzer,
    List<Column> aggregates,
    Optional<DataKind> kind) {

  ScanMeasure(Ask ask, String name, Column input, ScanShareableAnalyzer<?, ?> analyzer) {
    this(
        ask,
        name,
        input,
        analyzer,
        seqAsJavaList(analyzer.aggregationFunctions()),
        Optional.empty());
  }

  ScanMeasure aggregatedBy(Column aggregate) {
    return new ScanMeasure(ask, name, input, analyzer, List.of(aggregate), kind);
  }

  ScanMeasure of(DataKind wanted) {
    return new ScanMeasure(ask, name, input, analyzer, aggregates, Optional.of(wanted));
  }

  /**
   * Which of some measures say the same of the same rows on any day, so that a state can be kept:
   * no clock, no chance, no other table.
   */
  static Set<ScanMeasure> pure(List<ScanMeasure> measures, Dataset<Row> rows) {
    Column[] read = measures.stream().map(ScanMeasure::read).toArray(Column[]::new);
    List<Expression> expressions =
        seqAsJavaList(rows.select(read).queryExecution().analyzed().expressions());
    Set<ScanMeasure> pure = new HashSet<>();
    for (int i = 0; i < read.length; i++) {
      if (isPure(expressions.get(i))) {
        pure.add(measures.get(i));
      }
    }
    return pure;
  }

  private Column read() {
    return ask.where()
        .map(where -> array(input.isNull(), functions.expr(where)))
        .orElse(input)
        .as(name);
  }

  private static boolean isPure(Expression expression) {
    return expression.deterministic()
        && !expression.containsPattern(TreePattern.CURRENT_LIKE())
        && !expression.containsPattern(TreePattern.PLAN_EXPRESSION());
  }

  /**
   * The measure of all rows from the aggregates of parts of them; empty if there was nothing to
   * measure.
   *
   * @param offset of its first aggregate
   */
  @SuppressWarnings({
    "unchecked",
    "rawtypes"
  }) // Deequ's states are typed by analyzers unknown here.
  OptionalDouble value(Iterable<Row> parts, int offset) {
    State merged = null;
    for (Row part : parts) {
      Option<State> state = (Option) analyzer.fromAggregationResult(part, offset);
      if (state.isDefined()) {
        merged = merged == null ? state.get() : merged.sum(state.get());
      }
    }
    return merged == null ? ofNothing() : value(merged);
  }

  /** The number of no rows is known; Deequ knows it only of tables without a condition. */
  private OptionalDouble ofNothing() {
    return ask.subject() instanceof Subject.Size ? OptionalDouble.of(0) : OptionalDouble.empty();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private OptionalDouble value(State state) {
    if (state instanceof DataTypeHistogram histogram) {
      return shareOfKind(histogram);
    }
    if (state instanceof NumMatchesAndCount share && share.count() == 0) {
      return OptionalDouble.empty();
    }
    if (state instanceof DoubleValuedState valued) {
      return OptionalDouble.of(valued.metricValue());
    }
    Object metric = ((ScanShareableAnalyzer) analyzer).computeMetricFrom(Option.apply(state));
    return OptionalDouble.of((Double) ((DoubleMetric) metric).value().get());
  }

  private OptionalDouble shareOfKind(DataTypeHistogram found) {
    long numbers = found.numFractional() + found.numIntegral();
    long values = numbers + found.numBoolean() + found.numString();
    long matching =
        switch (kind.orElseThrow()) {
          case NULL -> 0;
          case FRACTIONAL -> found.numFractional();
          case INTEGRAL -> found.numIntegral();
          case BOOLEAN -> found.numBoolean();
          case STRING -> found.numString();
          case NUMERIC -> numbers;
        };
    return values == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) matching / values);
  }
}
