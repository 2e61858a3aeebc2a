package io.tidemark.cli.check;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.LakeOwner;
import io.tidemark.core.lake.SparkSessions;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.checks.ChecksFinding;
import io.tidemark.quality.checks.ChecksValidation;
import java.util.ArrayList;
import java.util.List;

/** Looks at the checks file beside the lake's tables; starts Spark only if there is one. */
final class ChecksCheck {
  private ChecksCheck() {}

  /** Looks at a pipeline's checks; nothing is found where it declares none. */
  static List<Finding> run(PipelineSpec spec) {
    ChecksSpec checks = spec.checks();
    if (checks.file().isEmpty()) {
      return List.of();
    }
    String where = "checks file " + checks.file().get();
    try {
      Lake lake = Lake.at(SparkSessions.open("tidemark " + spec.name()), spec.lake());
      LakeOwner.requireReadable(lake);
      return findings(where, checks, ChecksValidation.findings(lake, spec));
    } catch (TidemarkException e) {
      return List.of(Finding.failure(where, e));
    }
  }

  private static List<Finding> findings(
      String where, ChecksSpec checks, List<ChecksFinding> found) {
    List<Finding> findings = new ArrayList<>();
    if (found.stream().noneMatch(f -> f.kind() == ChecksFinding.Kind.PROBLEM)) {
      findings.add(Finding.ok(where, counts(checks) + ": they fit the tables that exist"));
    }
    for (ChecksFinding one : found) {
      String at = where + ":" + one.at();
      findings.add(
          switch (one.kind()) {
            case PROBLEM -> Finding.error(at, one.what(), one.remedy());
            case WARNING -> Finding.warning(at, one.what(), one.remedy());
            case NOT_YET -> Finding.note(at, one.what(), one.remedy());
          });
    }
    return findings;
  }

  private static String counts(ChecksSpec checks) {
    int rules = 0;
    int whole = 0;
    for (CheckedTable table : checks.tables().values()) {
      rules += table.rules().rules().size();
      whole += table.checks().size();
    }
    return "tables: %d, row rules: %d, checks: %d".formatted(checks.tables().size(), rules, whole);
  }
}
