package io.tidemark.cli.run;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.Gate;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.checks.ChecksJob;
import io.tidemark.quality.checks.ChecksValidation;
import io.tidemark.quality.gate.TableAudits;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What judges in one run.
 *
 * @param gate for marts before they are published
 * @param audits for tables as they are
 */
public record Checks(Gate gate, TableAudits audits) {
  /** The checks that a pipeline declares. */
  public static Checks of(PipelineSpec spec, Lake lake, RunContext context, RunLog runs) {
    ChecksJob job = new ChecksJob(spec, lake, context);
    return new Checks(job, new TableAudits(spec, lake, context, runs, job::run));
  }

  /**
   * Ends a run before it begins if checks of the bronze and silver tables that there are cannot be
   * made. Those of marts are left to the gate: a mart gets the columns of its query, and one that
   * is about to get a new column could else never be refreshed.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2
   */
  static void requireValid(PipelineSpec spec, Lake lake) {
    Map<TableRef, CheckedTable> tables = new LinkedHashMap<>(spec.checks().tables());
    tables.keySet().removeIf(table -> table.layer() == Layer.GOLD);
    ChecksValidation.require(
        lake, new ChecksSpec(spec.checks().file(), tables, spec.checks().places()));
  }
}
