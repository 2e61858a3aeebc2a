package io.tidemark.quality.suggest;

import io.tidemark.core.check.Bounds;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.spec.checks.CheckType;
import io.tidemark.quality.profile.ColumnProfile;
import io.tidemark.quality.profile.Hint;
import io.tidemark.quality.profile.SeenRows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names, bounds and evidence of proposals.
 *
 * <p>What was true of every row is an error if it no longer is; what was true of a share, or was
 * seen in a sample only, is a warning.
 */
record ProposalWords(SeenRows rows) {
  private static final int PLACES_OF_PERCENT = 1;

  Proposal key(List<String> columns, long repeated) {
    String evidence =
        repeated == 0
            ? noTwo()
            : String.format(
                Locale.ROOT, "%,d of %s share theirs with another", repeated, rows.words());
    return unique(columns, "the key: " + evidence, Severity.ERROR);
  }

  Proposal unique(String column) {
    return unique(List.of(column), noTwo(), always());
  }

  private Proposal unique(List<String> columns, String evidence, Severity severity) {
    return atLeast(
        String.join("_", columns) + "_unique",
        new Subject.Uniqueness(columns),
        1,
        severity,
        evidence);
  }

  private String noTwo() {
    return "no two of " + rows.words() + " have the same";
  }

  Proposal complete(Hint.Complete hint) {
    return atLeast(
        hint.column() + "_complete",
        new Subject.Completeness(hint.column()),
        1,
        always(),
        "every one of " + rows.words() + " has a value");
  }

  Proposal mostlyComplete(Hint.MostlyComplete hint, double share) {
    return atLeast(
        hint.column() + "_complete",
        new Subject.Completeness(hint.column()),
        hint.atLeast(),
        Severity.WARN,
        percent(share) + " of " + rows.words() + " have a value");
  }

  Proposal ofKind(Hint.OfKind hint) {
    String kind = hint.kind().name().toLowerCase(Locale.ROOT);
    return atLeast(
        hint.column() + "_" + kind,
        new Subject.DataType(hint.column(), hint.kind()),
        1,
        always(),
        "every text in " + rows.words() + " can be read as " + kind);
  }

  Proposal onlyValues(Hint.OnlyValues hint) {
    return atLeast(
        hint.column() + "_known",
        new Subject.ContainedIn(hint.column(), hint.values()),
        1,
        always(),
        hint.values().size() + " different values in all of " + rows.words());
  }

  Proposal mostlyValues(Hint.MostlyValues hint, int different) {
    double share = (double) hint.rows() / rows.count();
    return atLeast(
        hint.column() + "_known",
        new Subject.ContainedIn(hint.column(), hint.values()),
        hint.atLeast(),
        Severity.WARN,
        "%d of %d different values cover %s of %s"
            .formatted(hint.values().size(), different, percent(share), rows.words()));
  }

  Proposal notNegative(Hint.NotNegative hint, String least) {
    return atLeast(
        hint.column() + "_not_negative",
        new Subject.Minimum(hint.column()),
        0,
        always(),
        "the least of " + rows.words() + " is " + least);
  }

  /** Of texts that are all of one length. */
  List<Proposal> oneLength(ColumnProfile column, long length) {
    String evidence = "every text in %s has %d characters".formatted(rows.words(), length);
    Optional<Double> bound = Optional.of((double) length);
    return List.of(
        proposal(
            column.name() + "_min_length",
            new Subject.MinLength(column.name()),
            new Bounds(bound, Optional.empty(), 0),
            always(),
            evidence),
        proposal(
            column.name() + "_max_length",
            new Subject.MaxLength(column.name()),
            new Bounds(Optional.empty(), bound, 0),
            always(),
            evidence));
  }

  private Severity always() {
    return rows.isSample() ? Severity.WARN : Severity.ERROR;
  }

  private static Proposal atLeast(
      String name, Subject subject, double least, Severity severity, String evidence) {
    Bounds bounds = new Bounds(Optional.of(least), Optional.empty(), 0);
    return proposal(name, subject, bounds, severity, evidence);
  }

  private static Proposal proposal(
      String name, Subject subject, Bounds bounds, Severity severity, String evidence) {
    return new Proposal(
        new DatasetCheck(
            name,
            subject,
            bounds,
            Optional.empty(),
            Optional.empty(),
            severity,
            CheckType.of(subject).dimension()),
        evidence);
  }

  /** Rounded down, so that what is not the whole never reads as 100 %. */
  static String percent(double share) {
    return BigDecimal.valueOf(share)
            .movePointRight(2)
            .setScale(PLACES_OF_PERCENT, RoundingMode.DOWN)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }
}
