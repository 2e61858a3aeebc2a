package io.tidemark.quality.deequ;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import com.amazon.deequ.analyzers.AnalyzerOptions;
import com.amazon.deequ.analyzers.ApproxQuantile;
import com.amazon.deequ.analyzers.Compliance;
import com.amazon.deequ.analyzers.Correlation;
import com.amazon.deequ.analyzers.Maximum;
import com.amazon.deequ.analyzers.Mean;
import com.amazon.deequ.analyzers.Minimum;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.StandardDeviation;
import com.amazon.deequ.analyzers.Sum;
import io.tidemark.core.check.Subject;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Makes the measures of one pass. Analyzers read columns of ours, made of the table's, so that
 * names of any kind do, NULL is decided here, and dates and lengths are numbers.
 */
final class ScanMeasures {
  private static final Option<AnalyzerOptions> DEFAULT = Option.empty();

  private static final scala.collection.immutable.List<String> NO_COLUMNS =
      JavaConverters.asScalaBuffer(List.<String>of()).toList();

  /** How far the rank of a quantile may be from the one asked for, as share of the rows. */
  private static final double QUANTILE_ERROR = 0.001;

  private static final double MICROS = 1_000_000;

  private final StructType schema;

  ScanMeasures(StructType schema) {
    this.schema = schema;
  }

  /**
   * The measure for something asked.
   *
   * @param place tells it from the others of its pass
   * @throws IllegalArgumentException if the table lacks a column, or has it with another type; the
   *     message is for people
   */
  ScanMeasure of(Ask ask, int place) {
    Subject subject = ask.subject();
    if (subject instanceof Subject.Size) {
      return new ScanMeasure(ask, name(place), lit(1), new Size(where(ask)));
    } else if (subject instanceof Subject.Completeness its) {
      return share(ask, place, column(its.column()).isNotNull());
    } else if (subject instanceof Subject.Compliance its) {
      return share(ask, place, coalesce(expr(its.condition()), lit(false)));
    } else if (subject instanceof Subject.Pattern its) {
      Column text = column(its.column()).cast(DataTypes.StringType);
      return share(ask, place, coalesce(text.rlike(its.regex()), lit(false)));
    } else if (subject instanceof Subject.ContainedIn its) {
      return share(ask, place, oneOf(its));
    } else if (subject instanceof Subject.DataType its) {
      return kind(ask, place, its);
    } else if (subject instanceof Subject.Correlation its) {
      return correlation(ask, place, its);
    }
    return ofNumbers(ask, place);
  }

  private ScanMeasure ofNumbers(Ask ask, int place) {
    Subject subject = ask.subject();
    String name = name(place);
    Option<String> where = where(ask);
    if (subject instanceof Subject.Minimum its) {
      return least(ask, place, number(its.column()));
    } else if (subject instanceof Subject.Maximum its) {
      return greatest(ask, place, number(its.column()));
    } else if (subject instanceof Subject.MinLength its) {
      return least(ask, place, length(text(its.column())));
    } else if (subject instanceof Subject.MaxLength its) {
      return greatest(ask, place, length(text(its.column())));
    } else if (subject instanceof Subject.Freshness its) {
      return greatest(ask, place, epochSeconds(its.column()));
    } else if (subject instanceof Subject.Mean its) {
      return new ScanMeasure(ask, name, summand(its.column()), new Mean(name, where));
    } else if (subject instanceof Subject.Sum its) {
      return new ScanMeasure(ask, name, summand(its.column()), new Sum(name, where));
    } else if (subject instanceof Subject.StandardDeviation its) {
      return new ScanMeasure(ask, name, number(its.column()), new StandardDeviation(name, where));
    } else if (subject instanceof Subject.Quantile its) {
      Column number = number(its.column()).cast(DataTypes.DoubleType);
      return new ScanMeasure(
          ask, name, number, new ApproxQuantile(name, its.quantile(), QUANTILE_ERROR, where));
    }
    throw new IllegalStateException(subject + " takes no pass over the rows");
  }

  static String name(int place) {
    return "_tidemark_" + place;
  }

  private static Option<String> where(Ask ask) {
    return Option.apply(ask.where().orElse(null));
  }

  /** Never NULL: Deequ takes rows that are all NULL for none at all. */
  private static ScanMeasure share(Ask ask, int place, Column holds) {
    String name = name(place);
    return new ScanMeasure(
        ask, name, holds, new Compliance(name, name, where(ask), NO_COLUMNS, DEFAULT));
  }

  /** By an aggregate of our own: Deequ's turns each number to text and back. */
  private static ScanMeasure least(Ask ask, int place, Column number) {
    String name = name(place);
    return new ScanMeasure(ask, name, number, new Minimum(name, where(ask), DEFAULT))
        .aggregatedBy(min(selected(ask, name)).cast(DataTypes.DoubleType));
  }

  private static ScanMeasure greatest(Ask ask, int place, Column number) {
    String name = name(place);
    return new ScanMeasure(ask, name, number, new Maximum(name, where(ask), DEFAULT))
        .aggregatedBy(max(selected(ask, name)).cast(DataTypes.DoubleType));
  }

  private static Column selected(Ask ask, String name) {
    return ask.where().map(where -> when(expr(where), col(name))).orElse(col(name));
  }

  private Column oneOf(Subject.ContainedIn its) {
    DataType type = field(its.column()).dataType();
    Column column = column(its.column());
    Object[] values = its.values().stream().map(value -> lit(value).cast(type)).toArray();
    return column.isNull().or(coalesce(column.isin(values), lit(false)));
  }

  private ScanMeasure kind(Ask ask, int place, Subject.DataType its) {
    if (its.kind() == Subject.DataKind.NULL) {
      return share(ask, place, column(its.column()).isNull());
    }
    String name = name(place);
    Column text = column(its.column()).cast(DataTypes.StringType);
    return new ScanMeasure(
            ask, name, text, new com.amazon.deequ.analyzers.DataType(name, where(ask)))
        .of(its.kind());
  }

  /** Both columns as one: a pair of numbers, of which Deequ's analyzer reads the parts. */
  private ScanMeasure correlation(Ask ask, int place, Subject.Correlation its) {
    String name = name(place);
    Column pair =
        struct(
            number(its.first()).cast(DataTypes.DoubleType).as("x"),
            number(its.second()).cast(DataTypes.DoubleType).as("y"));
    return new ScanMeasure(ask, name, pair, new Correlation(name + ".x", name + ".y", where(ask)));
  }

  /** So that no sum of whole numbers runs over, and none of decimals is rounded. */
  private Column summand(String column) {
    Column number = number(column);
    return field(column).dataType() instanceof LongType ? number.cast("decimal(20,0)") : number;
  }

  private Column number(String column) {
    if (!(field(column).dataType() instanceof NumericType)) {
      throw wrongType(column, "numeric");
    }
    return column(column);
  }

  private Column text(String column) {
    if (!field(column).dataType().equals(DataTypes.StringType)) {
      throw wrongType(column, "text");
    }
    return column(column);
  }

  private Column epochSeconds(String column) {
    DataType type = field(column).dataType();
    if (!List.of(DataTypes.TimestampType, DataTypes.TimestampNTZType, DataTypes.DateType)
        .contains(type)) {
      throw wrongType(column, "timestamp or date");
    }
    return unix_micros(column(column).cast(DataTypes.TimestampType)).divide(MICROS);
  }

  private Column column(String column) {
    return Columns.of(schema, column);
  }

  private StructField field(String column) {
    return Columns.field(schema, column);
  }

  private IllegalArgumentException wrongType(String column, String wanted) {
    return new IllegalArgumentException(
        "column '%s' is of type %s, which is not %s"
            .formatted(column, field(column).dataType().sql(), wanted));
  }
}
