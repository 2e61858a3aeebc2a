package io.tidemark.quality.checks;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.yaml.FileKind;
import io.tidemark.core.spec.yaml.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what a checks file declares with the tables that exist, before anything runs. Reads only
 * the tables' columns, no row.
 */
public final class ChecksValidation {
  private ChecksValidation() {}

  /**
   * Ends what was about to run if a rule or check cannot be made as it is declared.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2, listing every problem with
   *     the checks file's name, line and column
   */
  public static void require(Lake lake, ChecksSpec checks) {
    Problems problems =
        new Problems(FileKind.CHECKS, checks.file().orElseGet(() -> Path.of("checks")));
    findings(lake, checks).stream()
        .filter(finding -> finding.kind() == ChecksFinding.Kind.PROBLEM)
        .forEach(finding -> problems.add(finding.at(), finding.what(), finding.remedy()));
    problems.throwIfAny();
  }

  /**
   * All that there is to say of the checks and the tables they are about, in the order of the file.
   */
  public static List<ChecksFinding> findings(Lake lake, ChecksSpec checks) {
    return checks.tables().isEmpty()
        ? List.of()
        : findings(lake, checks, new ConditionCheck(lake.spark()));
  }

  private static List<ChecksFinding> findings(
      Lake lake, ChecksSpec checks, ConditionCheck conditions) {
    List<ChecksFinding> findings = new ArrayList<>();
    LakeSchemas schemas = new LakeSchemas(lake);
    for (CheckedTable table : checks.tables().values()) {
      findings.addAll(new TableLook(table, checks, schemas, conditions).findings());
    }
    return findings;
  }

  /** The same, and which rules and checks see masks in place of values. */
  public static List<ChecksFinding> findings(Lake lake, PipelineSpec spec) {
    ConditionCheck conditions = new ConditionCheck(lake.spark());
    List<ChecksFinding> findings = findings(lake, spec.checks(), conditions);
    for (TableRef table : spec.checks().tables().keySet()) {
      findings.addAll(new MaskLook(spec.checks(), table, conditions).findings(spec));
    }
    return findings;
  }
}
