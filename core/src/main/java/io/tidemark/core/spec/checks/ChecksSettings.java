package io.tidemark.core.spec.checks;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.Dimension;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import io.tidemark.core.spec.yaml.Redaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a checks file, but for those of a check; each declared here and nowhere else. */
final class ChecksSettings {
  static final Setting<CheckedTable, Optional<String>> DESCRIPTION =
      Setting.optional(
          "description",
          ValueTypes.text("a text for people"),
          CheckedTable::description,
          "What the table is and who owns it, for the page of its contract.");
  static final Setting<CheckedTable, OnQuarantine> ON_QUARANTINE =
      Setting.withDefault(
          "on-quarantine",
          ValueTypes.oneOf(List.of(OnQuarantine.values()), OnQuarantine::word),
          "keep-last-good",
          table -> table.rules().onQuarantine(),
          "What silver shows of a key whose newest row is in quarantine: its newest row that broke"
              + " no rule, no row, or the row itself with the broken rules in _broken_rules.");
  static final Setting<CheckedTable, Map<String, String>> CORRECTIONS =
      Setting.withDefault(
          "corrections",
          ValueTypes.map(
              "corrections",
              "a map of columns to Spark SQL expressions, such as {email: lower(trim(email))}",
              CheckTypes.column(),
              CheckTypes.expression()),
          "{}",
          table -> table.rules().corrections(),
          "Columns of a silver table with the expression over the row as the source had it whose"
              + " value is stored in its place, before rules judge the row; what the source had"
              + " stays in _original.");

  static final Setting<RowRule, String> RULE =
      Setting.required(
          "rule",
          CheckTypes.predicate(),
          RowRule::condition,
          "What must be true of each row; a row for which it is false, NULL or an error breaks it.");
  static final Setting<RowRule, RowRule.Action> ACTION =
      Setting.withDefault(
          "action",
          ValueTypes.oneOf(List.of(RowRule.Action.values()), RowRule.Action::word),
          "quarantine",
          RowRule::action,
          "What becomes of a row that breaks it: it goes to quarantine, it is counted and applied,"
              + " or the merge of its table stops before it writes anything.");
  static final Setting<RowRule, Dimension> DIMENSION =
      Setting.withDefault(
          "dimension",
          ValueTypes.oneOf(List.of(Dimension.values()), Dimension::word),
          "validity",
          RowRule::dimension,
          "The dimension whose score it counts for.");

  static final Section<RowRule> RULES =
      new Section<>(
          "rules",
          Optional.of(CheckTypes.checkName()),
          "What must be true of each row of a silver table; `name: \"predicate\"` where the defaults"
              + " are right.",
          List.of(RULE, ACTION, DIMENSION),
          List.of(),
          rule -> Redaction.NONE);
  static final Section<CheckedTable> TABLES =
      new Section<>(
          "tables",
          Optional.of(CheckTypes.tableName()),
          "What is declared of a table, under its name.",
          List.of(DESCRIPTION, ON_QUARANTINE, CORRECTIONS),
          List.of(RULES, CheckSettings.CHECKS),
          table -> Redaction.NONE);
  static final Section<ChecksSpec> FILE =
      new Section<>(
          "",
          Optional.empty(),
          "The checks file.",
          List.of(),
          List.of(TABLES),
          spec -> Redaction.NONE);

  private ChecksSettings() {}
}
