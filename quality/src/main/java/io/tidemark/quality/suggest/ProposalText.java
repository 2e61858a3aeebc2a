package io.tidemark.quality.suggest;

import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.Subject;
import io.tidemark.core.spec.checks.CheckType;
import io.tidemark.core.spec.yaml.YamlAddition;
import io.tidemark.core.spec.yaml.YamlScalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Proposals as a checks file writes them. */
final class ProposalText {
  private ProposalText() {}

  /** The check on one line, under its evidence. */
  static YamlAddition.Entry of(Proposal proposal) {
    DatasetCheck check = proposal.check();
    StringJoiner parts = new StringJoiner(", ", "{", "}");
    parts.add("type: " + CheckType.of(check.subject()).word());
    subject(check.subject(), parts);
    check.bounds().atLeast().ifPresent(least -> parts.add("at-least: " + limit(check, least)));
    check.bounds().atMost().ifPresent(most -> parts.add("at-most: " + limit(check, most)));
    if (check.severity() != Severity.ERROR) {
      parts.add("severity: " + check.severity().word());
    }
    return new YamlAddition.Entry(check.name(), parts.toString(), proposal.evidence());
  }

  private static void subject(Subject subject, StringJoiner parts) {
    if (subject instanceof Subject.Uniqueness unique) {
      parts.add("columns: " + list(unique.columns()));
    }
    if (subject instanceof Subject.OfColumn one) {
      parts.add("column: " + YamlScalar.written(one.column()));
    }
    if (subject instanceof Subject.ContainedIn values) {
      parts.add("values: " + list(values.values()));
    }
    if (subject instanceof Subject.DataType type) {
      parts.add("kind: " + type.kind().name().toLowerCase(Locale.ROOT));
    }
  }

  private static String list(List<String> texts) {
    return texts.stream().map(YamlScalar::written).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Shares with a point, as 1 alone could be read as one row. */
  private static String limit(DatasetCheck check, double value) {
    boolean number =
        check.subject() instanceof Subject.Minimum
            || check.subject() instanceof Subject.MinLength
            || check.subject() instanceof Subject.MaxLength;
    BigDecimal limit = new BigDecimal(Double.toString(value));
    return (number ? limit.stripTrailingZeros() : limit).toPlainString();
  }
}
