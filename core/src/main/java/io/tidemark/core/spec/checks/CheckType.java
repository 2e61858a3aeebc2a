package io.tidemark.core.spec.checks;

import static io.tidemark.core.check.Dimension.ACCURACY;
import static io.tidemark.core.check.Dimension.COMPLETENESS;
import static io.tidemark.core.check.Dimension.CONSISTENCY;
import static io.tidemark.core.check.Dimension.TIMELINESS;
import static io.tidemark.core.check.Dimension.UNIQUENESS;
import static io.tidemark.core.check.Dimension.VALIDITY;

import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The types of checks: for each {@link Subject} the word, and what holds where nothing is said. */
public enum CheckType {
  COMPLETE(
      "completeness",
      Subject.Completeness.class,
      COMPLETENESS,
      Measure.SHARE,
      "The share of rows in which `column` is not NULL."),
  UNIQUE(
      "uniqueness",
      Subject.Uniqueness.class,
      UNIQUENESS,
      Measure.SHARE,
      "The share of rows whose values in `columns` no other row has."),
  DISTINCT(
      "distinctness",
      Subject.Distinctness.class,
      UNIQUENESS,
      Measure.SHARE,
      "The number of different values in `columns`, as share of the rows."),
  SIZE("size", Subject.Size.class, COMPLETENESS, Measure.NUMBER, "The number of rows."),
  MIN(
      "min",
      Subject.Minimum.class,
      VALIDITY,
      Measure.NUMBER,
      "The least value of a numeric `column`."),
  MAX(
      "max",
      Subject.Maximum.class,
      VALIDITY,
      Measure.NUMBER,
      "The greatest value of a numeric `column`."),
  MEAN("mean", Subject.Mean.class, ACCURACY, Measure.NUMBER, "The mean of a numeric `column`."),
  SUM("sum", Subject.Sum.class, ACCURACY, Measure.NUMBER, "The sum of a numeric `column`."),
  STDDEV(
      "stddev",
      Subject.StandardDeviation.class,
      ACCURACY,
      Measure.NUMBER,
      "The standard deviation of a numeric `column`."),
  QUANTILE(
      "quantile",
      Subject.Quantile.class,
      ACCURACY,
      Measure.NUMBER,
      "The given `quantile` of a numeric `column`, approximately."),
  MIN_LENGTH(
      "min-length",
      Subject.MinLength.class,
      VALIDITY,
      Measure.NUMBER,
      "The length of the shortest text in `column`, in characters."),
  MAX_LENGTH(
      "max-length",
      Subject.MaxLength.class,
      VALIDITY,
      Measure.NUMBER,
      "The length of the longest text in `column`, in characters."),
  COMPLIANCE(
      "compliance",
      Subject.Compliance.class,
      VALIDITY,
      Measure.SHARE,
      "The share of rows for which `rule` is true."),
  PATTERN(
      "pattern",
      Subject.Pattern.class,
      VALIDITY,
      Measure.SHARE,
      "The share of rows whose text in `column` holds a match of `regex`, or is of `format`; NULL"
          + " does not."),
  CONTAINED_IN(
      "contained-in",
      Subject.ContainedIn.class,
      VALIDITY,
      Measure.SHARE,
      "The share of rows whose value in `column` is one of `values`; NULL counts as one of them."),
  DATA_TYPE(
      "data-type",
      Subject.DataType.class,
      VALIDITY,
      Measure.SHARE,
      "The share of the rows with a value in `column` whose value can be read as `kind`."),
  CORRELATION(
      "correlation",
      Subject.Correlation.class,
      CONSISTENCY,
      Measure.NUMBER,
      "Pearson's correlation of the two numeric `columns`, from -1 to 1."),
  REFERENCES(
      "references",
      Subject.References.class,
      CONSISTENCY,
      Measure.SHARE,
      "The share of rows whose values in `columns` are those of a row of `table` in"
          + " `their-columns`; rows with a NULL among them count as right."),
  FRESHNESS(
      "freshness",
      Subject.Freshness.class,
      TIMELINESS,
      Measure.TIME,
      "How old the newest value of a timestamp or date `column` is."),
  SCHEMA(
      "schema",
      Subject.Schema.class,
      CONSISTENCY,
      Measure.TRUTH,
      "Whether the table has the columns of `types`, and with `exact: true` no others."),
  COLUMN_COUNT(
      "column-count",
      Subject.ColumnCount.class,
      CONSISTENCY,
      Measure.NUMBER,
      "The number of columns, Tidemark's own left aside."),
  SOURCE_COUNT(
      "source-count",
      Subject.SourceCount.class,
      ACCURACY,
      Measure.RATIO,
      "The number of rows as share of those that the source's table has now, read by SQL.");

  /** What the measure of a type is: it decides how its bounds are written. */
  enum Measure {
    /** From 0 to 1; all of it where no bound is written. */
    SHARE,
    /** A share that can be more than the whole; exactly the whole where no bound is written. */
    RATIO,
    /** Yes or no; no bound is written. */
    TRUTH,
    NUMBER,
    TIME
  }

  private final String word;
  private final Class<? extends Subject> subject;
  private final Dimension dimension;
  private final Measure measure;
  private final String help;

  CheckType(
      String word,
      Class<? extends Subject> subject,
      Dimension dimension,
      Measure measure,
      String help) {
    this.word = word;
    this.subject = subject;
    this.dimension = dimension;
    this.measure = measure;
    this.help = help;
  }

  /** The type that measures this. */
  public static CheckType of(Subject subject) {
    return Arrays.stream(values())
        .filter(type -> type.subject.isInstance(subject))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No type measures " + subject));
  }

  /** The types that measure one column. */
  static List<CheckType> ofColumn() {
    return Arrays.stream(values())
        .filter(type -> Subject.OfColumn.class.isAssignableFrom(type.subject))
        .toList();
  }

  /** The word for it in files and reports, such as {@code min-length}. */
  public String word() {
    return word;
  }

  /** The dimension that it belongs to where none is written. */
  public Dimension dimension() {
    return dimension;
  }

  /** What it measures, as a sentence in Markdown. */
  public String help() {
    return help;
  }

  Measure measure() {
    return measure;
  }

  /** What must hold where neither bounds nor an anomaly are written; empty if one must be. */
  public Optional<Bounds> defaultBounds() {
    Optional<Double> one = Optional.of(1.0);
    return switch (measure) {
      case SHARE, TRUTH -> Optional.of(new Bounds(one, Optional.empty(), 0));
      case RATIO -> Optional.of(new Bounds(one, one, 0));
      case NUMBER, TIME -> Optional.empty();
    };
  }

  /** The word. */
  @Override
  public String toString() {
    return word;
  }
}
