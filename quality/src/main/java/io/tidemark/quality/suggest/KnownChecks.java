package io.tidemark.quality.suggest;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people, or an earlier suggestion, have declared of a table already. */
record KnownChecks(Optional<CheckedTable> table) {
  /**
   * Whether a check of this name is declared, or one that says something about the same: the same
   * measure of the same columns whatever its limits, or a condition about the column.
   */
  boolean cover(DatasetCheck check) {
    return names().anyMatch(check.name()::equals)
        || checks().anyMatch(known -> isSame(known.subject(), check.subject()))
        || conditions().anyMatch(condition -> says(condition, check.subject()));
  }

  private Stream<DatasetCheck> checks() {
    return table.stream().flatMap(known -> known.checks().stream());
  }

  private Stream<RowRule> rules() {
    return table.stream().flatMap(known -> known.rules().rules().stream());
  }

  private Stream<String> names() {
    return Stream.concat(checks().map(DatasetCheck::name), rules().map(RowRule::name));
  }

  private Stream<String> conditions() {
    return Stream.concat(
        rules().map(RowRule::condition),
        checks()
            .map(DatasetCheck::subject)
            .filter(subject -> subject instanceof Subject.Compliance)
            .map(subject -> ((Subject.Compliance) subject).condition()));
  }

  private static boolean isSame(Subject known, Subject proposed) {
    return known.getClass().equals(proposed.getClass())
        && lower(columns(known)).equals(lower(columns(proposed)));
  }

  /** Of the measures that are ever proposed. */
  private static List<String> columns(Subject subject) {
    if (subject instanceof Subject.Uniqueness unique) {
      return unique.columns();
    }
    return subject instanceof Subject.OfColumn one ? List.of(one.column()) : List.of();
  }

  private static Set<String> lower(List<String> columns) {
    Set<String> lower = new HashSet<>();
    columns.forEach(column -> lower.add(column.toLowerCase(Locale.ROOT)));
    return lower;
  }

  private static boolean says(String condition, Subject proposed) {
    if (proposed instanceof Subject.Completeness one) {
      return mentions(condition, one.column(), "IS\\s+NOT\\s+NULL");
    }
    if (proposed instanceof Subject.Minimum one) {
      return mentions(condition, one.column(), "[<>]|BETWEEN");
    }
    return proposed instanceof Subject.ContainedIn one
        && mentions(condition, one.column(), "\\bIN\\b|=");
  }

  private static boolean mentions(String condition, String column, String operators) {
    String name = "(?<![\\w`])`?" + Pattern.quote(column) + "`?(?![\\w`])";
    return found(condition, name) && found(condition, operators);
  }

  private static boolean found(String condition, String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(condition).find();
  }
}
