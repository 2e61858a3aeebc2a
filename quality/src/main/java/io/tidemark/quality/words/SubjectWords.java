package io.tidemark.quality.words;

import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TextFormat;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names for what checks measure. */
final class SubjectWords {
  private SubjectWords() {}

  /** Of a share of rows what is true of them; empty of other measures. */
  static Optional<String> share(Subject subject) {
    if (subject instanceof Subject.Completeness one) {
      return Optional.of(one.column() + " has a value");
    } else if (subject instanceof Subject.Uniqueness one) {
      return Optional.of(
          one.columns().size() == 1
              ? one.columns().get(0) + " is unique"
              : "the combination of " + and(one.columns()) + " is unique");
    } else if (subject instanceof Subject.Compliance one) {
      return Optional.of(Condition.of(one.condition()).words().orElse(one.condition()));
    } else if (subject instanceof Subject.Pattern one) {
      return Optional.of(one.column() + " has " + form(one.regex()));
    } else if (subject instanceof Subject.ContainedIn one) {
      return Optional.of(
          one.column()
              + " is one of "
              + one.values().stream().map(v -> "'" + v + "'").collect(Collectors.joining(", "))
              + " or has no value");
    } else if (subject instanceof Subject.DataType one) {
      return Optional.of("the text of " + one.column() + " is " + kind(one.kind()));
    } else if (subject instanceof Subject.References one) {
      return Optional.of(
          "%s refers to a row of %s (%s)"
              .formatted(and(one.columns()), one.table(), and(one.theirs())));
    }
    return Optional.empty();
  }

  private static String form(String regex) {
    return TextFormat.ofRegex(regex)
        .map(
            format ->
                switch (format) {
                  case EMAIL -> "the form of a mail address";
                  case URL -> "the form of a web address";
                  case SSN -> "the form of a social security number";
                  case CREDIT_CARD -> "the form of a card number";
                })
        .orElse("the expected form");
  }

  private static String kind(Subject.DataKind kind) {
    return switch (kind) {
      case NULL -> "missing";
      case FRACTIONAL -> "a number with a fraction";
      case INTEGRAL -> "a whole number";
      case BOOLEAN -> "true or false";
      case STRING -> "no number and no truth value";
      case NUMERIC -> "a number";
    };
  }

  /** Of other measures their name. */
  static String name(Subject subject) {
    if (subject instanceof Subject.Size) {
      return "the number of rows";
    } else if (subject instanceof Subject.ColumnCount) {
      return "the number of columns";
    } else if (subject instanceof Subject.SourceCount) {
      return "the number of rows, as share of the source's,";
    } else if (subject instanceof Subject.Distinctness one) {
      return "the number of different values of " + and(one.columns()) + ", as share of the rows,";
    } else if (subject instanceof Subject.Quantile one) {
      return "the %s quantile of %s".formatted(CheckWords.number(one.quantile()), one.column());
    } else if (subject instanceof Subject.Correlation one) {
      return "the correlation of " + one.first() + " and " + one.second();
    } else if (subject instanceof Subject.Freshness one) {
      return "the age of the newest " + one.column();
    } else if (subject instanceof Subject.Schema one) {
      return "the table has the columns " + ddl(one.columns()) + (one.exact() ? ", no others" : "");
    }
    return statistic(subject);
  }

  private static String statistic(Subject subject) {
    if (subject instanceof Subject.Minimum one) {
      return "the least " + one.column();
    } else if (subject instanceof Subject.Maximum one) {
      return "the greatest " + one.column();
    } else if (subject instanceof Subject.Mean one) {
      return "the mean of " + one.column();
    } else if (subject instanceof Subject.Sum one) {
      return "the sum of " + one.column();
    } else if (subject instanceof Subject.StandardDeviation one) {
      return "the standard deviation of " + one.column();
    } else if (subject instanceof Subject.MinLength one) {
      return "the least length of " + one.column();
    } else if (subject instanceof Subject.MaxLength one) {
      return "the greatest length of " + one.column();
    }
    throw new IllegalStateException("Cannot name the measure " + subject);
  }

  static Collection<String> columns(Subject subject) {
    if (subject instanceof Subject.Compliance one) {
      return Condition.of(one.condition()).columns();
    } else if (subject instanceof Subject.Uniqueness one) {
      return one.columns();
    } else if (subject instanceof Subject.Distinctness one) {
      return one.columns();
    } else if (subject instanceof Subject.References one) {
      return one.columns();
    } else if (subject instanceof Subject.Correlation one) {
      return List.of(one.first(), one.second());
    } else if (subject instanceof Subject.Schema one) {
      return one.columns().keySet();
    }
    return subject instanceof Subject.OfColumn one ? List.of(one.column()) : List.of();
  }

  private static String ddl(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(column -> column.getKey() + " " + column.getValue().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static String and(List<String> names) {
    return String.join(" and ", names);
  }
}
