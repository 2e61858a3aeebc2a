package io.tidemark.core.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a dataset check measures; each measure is one number. Shares are between 0 and 1. */
public sealed interface Subject {
  /** What measures a single column. */
  sealed interface OfColumn extends Subject {
    /** The column's name. */
    String column();
  }

  /** The share of rows in which the column is not NULL. */
  record Completeness(String column) implements OfColumn {}

  /** The share of rows whose values in these columns no other row has. */
  record Uniqueness(List<String> columns) implements Subject {}

  /** The number of different values in these columns, as share of the rows. */
  record Distinctness(List<String> columns) implements Subject {}

  /** The number of rows. */
  record Size() implements Subject {}

  /** The least value of a numeric column. */
  record Minimum(String column) implements OfColumn {}

  /** The greatest value of a numeric column. */
  record Maximum(String column) implements OfColumn {}

  /** The mean of a numeric column. */
  record Mean(String column) implements OfColumn {}

  /** The sum of a numeric column. */
  record Sum(String column) implements OfColumn {}

  /** The standard deviation of a numeric column. */
  record StandardDeviation(String column) implements OfColumn {}

  /**
   * A quantile of a numeric column, approximately.
   *
   * @param quantile between 0 and 1
   */
  record Quantile(String column, double quantile) implements OfColumn {}

  /** The least length of a text column, in characters. */
  record MinLength(String column) implements OfColumn {}

  /** The greatest length of a text column, in characters. */
  record MaxLength(String column) implements OfColumn {}

  /**
   * The share of rows for which a condition is true.
   *
   * @param condition a Spark SQL predicate over the table's columns
   */
  record Compliance(String condition) implements Subject {}

  /** The share of rows whose text holds a match of a Java regular expression; NULL has none. */
  record Pattern(String column, String regex) implements OfColumn {}

  /** The share of rows whose value is one of these; NULL counts as one of them. */
  record ContainedIn(String column, List<String> values) implements OfColumn {}

  /** The share of rows with a value, whose text is of a kind. */
  record DataType(String column, DataKind kind) implements OfColumn {}

  /** The kinds of values that texts can be told to be. */
  enum DataKind {
    NULL,
    FRACTIONAL,
    INTEGRAL,
    BOOLEAN,
    STRING,
    NUMERIC
  }

  /** Pearson's correlation of two numeric columns, between -1 and 1. */
  record Correlation(String first, String second) implements Subject {}

  /**
   * The share of rows whose values in these columns are those of a row of another table; a row with
   * a NULL among them refers to nothing and counts as right, as in SQL.
   */
  record References(List<String> columns, TableRef table, List<String> theirs) implements Subject {}

  /** How old the newest value of a timestamp or date column is, in seconds. */
  record Freshness(String column) implements OfColumn {}

  /**
   * 1 if the table has these columns with these types, else 0.
   *
   * @param columns names and types in DDL; their order is that of messages only
   * @param exact whether it must have no other column, Tidemark's own left aside
   */
  record Schema(Map<String, String> columns, boolean exact) implements Subject {
    public Schema {
      columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }

  /** The number of columns, Tidemark's own left aside. */
  record ColumnCount() implements Subject {}

  /** The number of rows as share of those that the source's table has now, read by SQL. */
  record SourceCount() implements Subject {}
}
