package io.tidemark.quality.checks;

import io.tidemark.core.check.Subject;
import io.tidemark.core.spec.checks.CheckType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Whether a table has the columns that a measure needs, with types that it can measure. */
final class SubjectFit {
  private static final Set<CheckType> OF_NUMBERS =
      Set.of(
          CheckType.MIN,
          CheckType.MAX,
          CheckType.MEAN,
          CheckType.SUM,
          CheckType.STDDEV,
          CheckType.QUANTILE,
          CheckType.CORRELATION);
  private static final Set<CheckType> OF_TEXTS =
      Set.of(CheckType.MIN_LENGTH, CheckType.MAX_LENGTH, CheckType.PATTERN);
  private static final Set<CheckType> OF_SINGLE_VALUES =
      Set.of(CheckType.CONTAINED_IN, CheckType.DATA_TYPE);
  private static final Set<CheckType> OF_GROUPS =
      Set.of(CheckType.UNIQUE, CheckType.DISTINCT, CheckType.REFERENCES);

  private final StructType columns;
  private final List<Fault> faults = new ArrayList<>();

  private SubjectFit(StructType columns) {
    this.columns = columns;
  }

  /** What does not fit; the other table of a reference is not looked at. */
  static List<Fault> faults(Subject subject, StructType columns) {
    SubjectFit fit = new SubjectFit(columns);
    fit.look(subject);
    return fit.faults;
  }

  /** What does not fit between the columns of a reference and those it refers to. */
  static List<Fault> faults(Subject.References reference, StructType own, StructType theirs) {
    SubjectFit fit = new SubjectFit(theirs);
    for (int i = 0; i < reference.theirs().size(); i++) {
      Optional<StructField> their = fit.column("their-columns", reference.theirs().get(i));
      Optional<StructField> mine = find(own, reference.columns().get(i));
      if (their.isPresent()
          && mine.isPresent()
          && !comparable(mine.get().dataType(), their.get().dataType())) {
        fit.faults.add(
            new Fault(
                "their-columns",
                "'%s' is %s, and '%s' of %s is %s"
                    .formatted(
                        mine.get().name(),
                        mine.get().dataType().sql(),
                        their.get().name(),
                        reference.table(),
                        their.get().dataType().sql()),
                "name columns of one type"));
      }
    }
    return fit.faults;
  }

  private void look(Subject subject) {
    CheckType type = CheckType.of(subject);
    if (subject instanceof Subject.OfColumn one) {
      column("column", one.column()).ifPresent(column -> typed("column", type, column));
    }
    for (String name : columns(subject)) {
      column("columns", name).ifPresent(column -> typed("columns", type, column));
    }
    if (subject instanceof Subject.ContainedIn one) {
      find(columns, one.column()).ifPresent(column -> valuesFit(one, column));
    }
  }

  private static List<String> columns(Subject subject) {
    if (subject instanceof Subject.Uniqueness unique) {
      return unique.columns();
    } else if (subject instanceof Subject.Distinctness distinct) {
      return distinct.columns();
    } else if (subject instanceof Subject.Correlation pair) {
      return List.of(pair.first(), pair.second());
    } else if (subject instanceof Subject.References reference) {
      return reference.columns();
    }
    return List.of();
  }

  private Optional<StructField> column(String key, String name) {
    Optional<StructField> found = find(columns, name);
    if (found.isEmpty()) {
      faults.add(
          Fault.unknown(key, name, "a column of the table", Arrays.asList(columns.fieldNames())));
    }
    return found;
  }

  private static Optional<StructField> find(StructType columns, String name) {
    return Arrays.stream(columns.fields())
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private void typed(String key, CheckType type, StructField column) {
    DataType has = column.dataType();
    if (OF_NUMBERS.contains(type)) {
      needs(key, type, column, has instanceof NumericType, "a numeric column");
    } else if (OF_TEXTS.contains(type)) {
      needs(key, type, column, has instanceof StringType, "a text column");
    } else if (OF_SINGLE_VALUES.contains(type)) {
      needs(key, type, column, isSingleValue(has), "a column of single values");
    } else if (OF_GROUPS.contains(type)) {
      needs(key, type, column, !(has instanceof MapType), "columns that can be compared");
    } else if (type == CheckType.FRESHNESS) {
      boolean time =
          has instanceof TimestampType
              || has instanceof TimestampNTZType
              || has instanceof DateType;
      needs(key, type, column, time, "a timestamp or date column");
    }
  }

  private void needs(String key, CheckType type, StructField column, boolean fits, String needed) {
    if (!fits) {
      faults.add(
          new Fault(
              key,
              "'%s' is %s, and %s is measured of %s"
                  .formatted(column.name(), column.dataType().sql(), type, needed),
              "name " + needed + ", or write another type of check"));
    }
  }

  private void valuesFit(Subject.ContainedIn check, StructField column) {
    DataType type = column.dataType();
    for (String value : check.values()) {
      boolean fits =
          type instanceof NumericType
              ? isNumber(value)
              : !(type instanceof BooleanType) || value.matches("true|false");
      if (!fits) {
        faults.add(
            new Fault(
                "values",
                "'%s' is no value that '%s' can have: it is %s"
                    .formatted(value, column.name(), type.sql()),
                "remove it, or name another column"));
      }
    }
  }

  private static boolean isNumber(String value) {
    try {
      new BigDecimal(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isSingleValue(DataType type) {
    return !(type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType
        || type instanceof BinaryType);
  }

  private static boolean comparable(DataType one, DataType other) {
    return one.equals(other)
        || (one instanceof NumericType && other instanceof NumericType)
        || (isTime(one) && isTime(other));
  }

  private static boolean isTime(DataType type) {
    return type instanceof TimestampType || type instanceof TimestampNTZType;
  }
}
