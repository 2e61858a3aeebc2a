package io.tidemark.quality.checks;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.mask.Mask;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.checks.ChecksFinding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the rules, corrections and checks of a silver table that see masks where values are
 * expected.
 */
final class MaskLook {
  private final ChecksSpec checks;
  private final TableRef table;
  private final ConditionCheck conditions;
  private final List<ChecksFinding> findings = new ArrayList<>();

  MaskLook(ChecksSpec checks, TableRef table, ConditionCheck conditions) {
    this.checks = checks;
    this.table = table;
    this.conditions = conditions;
  }

  List<ChecksFinding> findings(PipelineSpec spec) {
    Map<String, Mask> masks = spec.table(table.name()).lakeMasks();
    if (table.layer() != Layer.SILVER || masks.isEmpty()) {
      return findings;
    }
    CheckedTable declared = checks.tables().get(table);
    for (RowRule rule : declared.rules().rules()) {
      warn("rules." + rule.name(), conditions.columns(rule.condition()), masks);
    }
    declared
        .rules()
        .corrections()
        .forEach((column, sql) -> warn("corrections." + column, conditions.columns(sql), masks));
    for (DatasetCheck check : declared.checks()) {
      String key = "checks." + check.name();
      warn(key, seen(check.subject()), masks);
      check.where().ifPresent(where -> warn(key + ".where", conditions.columns(where), masks));
    }
    return findings;
  }

  /** The columns whose values matter; where only NULL or equality does, a mask says the same. */
  private Set<String> seen(Subject subject) {
    if (subject instanceof Subject.Compliance compliance) {
      return conditions.columns(compliance.condition());
    }
    boolean values =
        subject instanceof Subject.OfColumn && !(subject instanceof Subject.Completeness);
    return values ? Set.of(((Subject.OfColumn) subject).column()) : Set.of();
  }

  private void warn(String key, Set<String> columns, Map<String, Mask> masks) {
    for (String column : columns) {
      Mask mask = masks.get(column);
      if (mask != null) {
        findings.add(
            new ChecksFinding(
                Kind.WARNING,
                checks.place(table, key),
                "tables.%s.%s: '%s' is masked with %s".formatted(table, key, column, mask.text()),
                "make sure that it is meant for the masked value"));
      }
    }
  }
}
