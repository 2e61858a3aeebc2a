package io.tidemark.quality.alert.rule;

import io.tidemark.core.check.Severity;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.Share;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Too large a share of undecodable records, or of a table's quarantined changes, raises an alert.
 * It ends only where enough good rows say so: none at all prove nothing.
 */
final class ShareRule {
  private static final Set<Step> LANDING = Set.of(Step.INGEST, Step.BACKFILL);

  private final List<Condition> conditions = new ArrayList<>();
  private final Set<AlertKey> judged = new HashSet<>();

  private ShareRule() {}

  static Findings look(PipelineSpec spec, Past past) {
    ShareRule rule = new ShareRule();
    rule.deadLetters(spec, past);
    rule.quarantine(spec, past);
    return new Findings(rule.conditions, rule.judged::contains);
  }

  private void deadLetters(PipelineSpec spec, Past past) {
    long read = 0;
    long bad = 0;
    for (Past.Rows rows : past.rows(LANDING)) {
      read += rows.read();
      bad += rows.deadLettered();
    }
    judge(
        AlertKey.of(AlertKind.DEAD_LETTERS, AlertKey.ALL),
        bad,
        read,
        spec.alerts().deadLetters().orElse(spec.maxBadShare()),
        "records could not be decoded",
        "tidemark dead-letters list --pipeline " + spec.file());
  }

  private void quarantine(PipelineSpec spec, Past past) {
    Map<String, long[]> byTable = new TreeMap<>();
    for (Past.Rows rows : past.rows(Set.of(Step.MERGE))) {
      long[] sums = byTable.computeIfAbsent(rows.table(), table -> new long[2]);
      sums[0] += rows.quarantined();
      sums[1] += rows.read();
    }
    byTable.forEach(
        (table, sums) ->
            judge(
                AlertKey.of(AlertKind.QUARANTINE, "silver." + table),
                sums[0],
                sums[1],
                spec.alerts().quarantine().orElse(spec.maxBadShare()),
                "changes of " + table + " were quarantined",
                "tidemark quarantine list --table %s --pipeline %s".formatted(table, spec.file())));
  }

  private void judge(AlertKey key, long bad, long read, Share limit, String what, String remedy) {
    long all = Math.max(bad, read);
    if (all == 0) {
      return;
    }
    judged.add(key);
    if (limit.isExceededBy(bad, all)) {
      conditions.add(
          new Condition(
              key,
              Severity.WARN,
              "%,d of %,d %s lately, more than %s".formatted(bad, all, what, limit),
              remedy));
    }
  }
}
