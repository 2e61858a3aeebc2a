package io.tidemark.quality.report;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.Subject;
import io.tidemark.core.table.SqlNames;
import io.tidemark.quality.words.CheckWords;
import io.tidemark.quality.words.Condition;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of a table because of which a check or rule does not hold, where it is about single
 * rows.
 *
 * @param condition a Spark SQL predicate that is true for them
 * @param columns the columns to look at in them
 */
record BrokenRows(String condition, Set<String> columns) {
  BrokenRows {
    columns = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(columns));
  }

  /** Those that a result complains about; empty where no single rows are to blame. */
  static Optional<BrokenRows> of(CheckedTable declared, CheckResult result) {
    Optional<BrokenRows> ofCheck =
        declared.checks().stream()
            .filter(check -> check.name().equals(result.check()))
            .findFirst()
            .flatMap(check -> of(check, result));
    return ofCheck.or(
        () ->
            declared.rules().rules().stream()
                .filter(rule -> rule.name().equals(result.check()))
                .findFirst()
                .map(BrokenRows::of));
  }

  private static BrokenRows of(RowRule rule) {
    return new BrokenRows(not(rule.condition()), Condition.of(rule.condition()).columns());
  }

  private static Optional<BrokenRows> of(DatasetCheck check, CheckResult result) {
    Set<String> columns = new LinkedHashSet<>(CheckWords.columns(check.subject()));
    check.where().ifPresent(where -> columns.addAll(Condition.of(where).columns()));
    return good(check.subject())
        .map(good -> areTooMany(check, result) ? good : not(good))
        .map(bad -> check.where().map(where -> grouped(where) + " AND " + bad).orElse(bad))
        .map(bad -> new BrokenRows(bad, columns));
  }

  /** Of a share that must not be greater, the rows that make it up are to blame. */
  private static boolean areTooMany(DatasetCheck check, CheckResult result) {
    return check.bounds().atMost().isPresent()
        && result.value().isPresent()
        && result.value().getAsDouble()
            > check.bounds().atMost().get() + check.bounds().tolerance();
  }

  /** What is true of the rows that a share counts. */
  private static Optional<String> good(Subject subject) {
    if (subject instanceof Subject.Completeness one) {
      return Optional.of(SqlNames.quote(one.column()) + " IS NOT NULL");
    } else if (subject instanceof Subject.Compliance one) {
      return Optional.of(grouped(one.condition()));
    } else if (subject instanceof Subject.Pattern one) {
      return Optional.of(text(one.column()) + " RLIKE " + SqlNames.literal(one.regex()));
    } else if (subject instanceof Subject.ContainedIn one && !one.values().isEmpty()) {
      String values =
          one.values().stream().map(SqlNames::literal).collect(Collectors.joining(", "));
      return Optional.of(
          "(%s IS NULL OR %s IN (%s))"
              .formatted(SqlNames.quote(one.column()), text(one.column()), values));
    }
    return Optional.empty();
  }

  private static String text(String column) {
    return "CAST(" + SqlNames.quote(column) + " AS STRING)";
  }

  private static String not(String condition) {
    return "NOT coalesce(" + grouped(condition) + ", false)";
  }

  /** On a line of its own: a condition may end with a comment. */
  private static String grouped(String condition) {
    return "(" + condition + "\n)";
  }
}
