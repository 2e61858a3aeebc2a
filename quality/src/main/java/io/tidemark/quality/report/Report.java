package io.tidemark.quality.report;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * All that the page of one run shows.
 *
 * @param pipeline its name
 * @param run the run's id
 * @param at when the report was made
 * @param tables in the order of the checks file
 * @param others tables that have checks, too, and that the run did not judge
 */
record Report(
    String pipeline, String run, Instant at, List<TableReport> tables, List<TableRef> others) {
  Report {
    requireNonNull(pipeline, "pipeline");
    requireNonNull(run, "run");
    requireNonNull(at, "at");
    tables = List.copyOf(tables);
    others = List.copyOf(others);
  }

  /** The worst of all tables. */
  Verdict verdict() {
    return tables.stream()
        .map(table -> table.verdict().verdict())
        .reduce(Verdict.PASS, Verdict::worse);
  }

  /** What all checks of all tables said. */
  List<CheckResult> results() {
    return tables.stream().flatMap(table -> table.verdict().results().stream()).toList();
  }
}
