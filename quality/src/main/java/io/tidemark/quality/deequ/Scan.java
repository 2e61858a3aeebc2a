package io.tidemark.quality.deequ;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Several measures in one pass over rows, by Deequ's analyzers: each has a few aggregates, from
 * which its state is made; states of parts of the rows add up to the state of all.
 */
public final class Scan {
  private final List<ScanMeasure> measures;

  private Scan(List<ScanMeasure> measures) {
    this.measures = measures;
  }

  /**
   * What of the asked can be measured in one pass, and why the rest cannot.
   *
   * @param pure measures whose states can be kept
   * @param impure measures that may differ tomorrow for the same rows: they ask the clock, chance
   *     or another table
   * @param failures what cannot be measured, with a message for people
   */
  public record Plan(Scan pure, Scan impure, Map<Ask, String> failures) {
    /** All that can be measured in one pass. */
    public Scan all() {
      List<ScanMeasure> both = new ArrayList<>(pure.measures);
      both.addAll(impure.measures);
      return new Scan(both);
    }
  }

  /**
   * Plans a pass.
   *
   * @param rows any with the columns of the rows that will be measured
   */
  public static Plan plan(Dataset<Row> rows, Iterable<Ask> asked) {
    ScanMeasures makes = new ScanMeasures(rows.schema());
    List<ScanMeasure> measures = new ArrayList<>();
    Map<Ask, String> failures = new LinkedHashMap<>();
    int place = 0;
    for (Ask ask : asked) {
      try {
        measures.add(makes.of(ask, place++));
      } catch (IllegalArgumentException e) {
        failures.put(ask, e.getMessage());
      }
    }
    if (reasonAgainst(measures, rows).isPresent()) {
      for (ScanMeasure measure : List.copyOf(measures)) {
        reasonAgainst(List.of(measure), rows)
            .ifPresent(
                reason -> {
                  measures.remove(measure);
                  failures.put(measure.ask(), reason);
                });
      }
    }
    Set<ScanMeasure> pure = ScanMeasure.pure(measures, rows);
    return new Plan(
        new Scan(measures.stream().filter(pure::contains).toList()),
        new Scan(measures.stream().filter(measure -> !pure.contains(measure)).toList()),
        failures);
  }

  /** Why Spark cannot plan a pass with them; no row is read. */
  private static Optional<String> reasonAgainst(List<ScanMeasure> measures, Dataset<Row> rows) {
    try {
      if (!measures.isEmpty()) {
        new Scan(measures).aggregated(rows).schema();
      }
      return Optional.empty();
    } catch (Exception e) { // Spark's own, of names it does not know, is checked and undeclared.
      return Optional.of(Reasons.of(e));
    }
  }

  /** Whether there is nothing to measure. */
  public boolean isEmpty() {
    return measures.isEmpty();
  }

  /** What it measures. */
  public List<Ask> asked() {
    return measures.stream().map(ScanMeasure::ask).toList();
  }

  /** Two scans, each with about half of the measures. */
  public List<Scan> halves() {
    int half = measures.size() / 2;
    return List.of(
        new Scan(measures.subList(0, half)), new Scan(measures.subList(half, measures.size())));
  }

  /** The columns of a state. */
  public StructType stateColumns(Dataset<Row> rows) {
    return aggregated(rows).schema();
  }

  /** The state of all rows, in one pass. */
  public Row state(Dataset<Row> rows) {
    return aggregated(rows).head();
  }

  /**
   * The states of the rows of each part, in one pass.
   *
   * @param part the column that tells the parts apart
   * @return each part's value, and behind it the columns of its state; only parts that have rows
   */
  public List<Row> states(Dataset<Row> rows, String part) {
    Column[] aggregates = aggregates();
    return rows.select(inputs()).groupBy(part).agg(aggregates[0], rest(aggregates)).collectAsList();
  }

  private Dataset<Row> aggregated(Dataset<Row> rows) {
    Column[] aggregates = aggregates();
    return rows.select(inputs()).agg(aggregates[0], rest(aggregates));
  }

  /** All columns, because conditions may read any; Spark leaves out what is not read. */
  private Column[] inputs() {
    List<Column> inputs = new ArrayList<>();
    inputs.add(col("*"));
    measures.forEach(measure -> inputs.add(measure.input().as(measure.name())));
    return inputs.toArray(Column[]::new);
  }

  private Column[] aggregates() {
    List<Column> aggregates = new ArrayList<>();
    for (ScanMeasure measure : measures) {
      for (Column aggregate : measure.aggregates()) {
        aggregates.add(aggregate.as("s" + aggregates.size()));
      }
    }
    return aggregates.toArray(Column[]::new);
  }

  private static Column[] rest(Column[] columns) {
    return Arrays.copyOfRange(columns, 1, columns.length);
  }

  /**
   * The measures of all rows, from the states of parts of them that have no row in common.
   *
   * @return for each asked its measure; empty where there was nothing to measure
   */
  public Map<Ask, OptionalDouble> values(List<Row> states) {
    Map<Ask, OptionalDouble> values = new LinkedHashMap<>();
    int offset = 0;
    for (ScanMeasure measure : measures) {
      values.put(measure.ask(), measure.value(states, offset));
      offset += measure.aggregates().size();
    }
    return values;
  }
}
