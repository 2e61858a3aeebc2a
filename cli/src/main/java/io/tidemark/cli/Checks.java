package io.tidemark.cli;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.Gate;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.checks.ChecksJob;
import io.tidemark.quality.gate.TableAudits;

/**
 * What judges in one run.
 *
 * @param gate for marts before they are published
 * @param audits for tables as they are
 */
record Checks(Gate gate, TableAudits audits) {
  /** The checks that a pipeline declares. */
  static Checks of(PipelineSpec spec, Lake lake, RunContext context, RunLog runs) {
    ChecksJob job = new ChecksJob(spec, lake, context);
    return new Checks(job, new TableAudits(spec, lake, context, runs, job::run));
  }
}
