package io.tidemark.quality.alert.rule;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Severity;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A check that says warn or fail raises an alert; what could not be computed says fail. */
final class CheckRule {
  private CheckRule() {}

  static Findings look(PipelineSpec spec, Observation seen) {
    List<Condition> conditions = new ArrayList<>();
    Set<String> checked = new HashSet<>();
    Set<AlertKey> undecided = new HashSet<>();
    for (TableVerdict table : seen.verdicts()) {
      checked.add(table.table().toString());
      for (CheckResult result : table.results()) {
        switch (result.verdict()) {
          case WARN, FAIL -> conditions.add(condition(spec, result));
          case NOT_YET -> undecided.add(key(result));
          case PASS -> {}
        }
      }
    }
    return new Findings(
        conditions,
        key ->
            key.kind() == AlertKind.CHECK
                && !undecided.contains(key)
                && (checked.contains(key.table()) || !isDeclared(spec, key.table())));
  }

  /** A table that nobody checks any more has no alert either. */
  private static boolean isDeclared(PipelineSpec spec, String table) {
    return TableRef.parse(table).filter(spec.checks().tables()::containsKey).isPresent();
  }

  private static AlertKey key(CheckResult result) {
    return new AlertKey(AlertKind.CHECK, result.table().toString(), result.check());
  }

  private static Condition condition(PipelineSpec spec, CheckResult result) {
    TableRef table = result.table();
    return new Condition(
        key(result),
        result.verdict() == Verdict.WARN ? Severity.WARN : Severity.ERROR,
        "Check '%s' of %s: %s (expected: %s)"
            .formatted(result.check(), table, result.message(), result.expected()),
        "tidemark quality --layer %s --table %s --pipeline %s"
            .formatted(table.layer().word(), table.name(), spec.file()));
  }
}
