package io.tidemark.quality.checks;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.quality.checks.ChecksFinding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the rules and checks of a silver table that see masks where values are expected. */
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
    Map<String, String> masks = masks(spec.table(table.name()));
    if (table.layer() != Layer.SILVER || masks.isEmpty()) {
      return findings;
    }
    CheckedTable declared = checks.tables().get(table);
    for (RowRule rule : declared.rules().rules()) {
      warn("rules." + rule.name(), conditions.columns(rule.condition()), masks);
    }
    for (DatasetCheck check : declared.checks()) {
      String key = "checks." + check.name();
      warn(key, seen(check.subject()), masks);
      check.where().ifPresent(where -> warn(key + ".where", conditions.columns(where), masks));
    }
    return findings;
  }

  /** Masks by column of the lake, in any case. */
  private static Map<String, String> masks(TableSpec table) {
    Map<String, String> masks = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    table.mask().forEach((column, mask) -> masks.put(renamed(table, column), mask.text()));
    return masks;
  }

  private static String renamed(TableSpec table, String column) {
    return table.rename().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(column))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(column);
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

  private void warn(String key, Set<String> columns, Map<String, String> masks) {
    for (String column : columns) {
      String mask = masks.get(column);
      if (mask != null) {
        findings.add(
            new ChecksFinding(
                Kind.WARNING,
                checks.place(table, key),
                "tables.%s.%s: '%s' is masked with %s".formatted(table, key, column, mask),
                "make sure that it is meant for the masked value"));
      }
    }
  }
}
