package io.tidemark.core.spec.checks;

import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.DatasetCheck;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.check.RowRule;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.spec.setting.InvalidValue;
import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.SectionReader;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.setting.Values;
import io.tidemark.core.spec.yaml.Place;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads what a checks file says of one table. */
final class TableReader {
  private final TableRef table;
  private final Values values;
  private final YamlValue.Entry written;
  private final Site site;
  private final LakeNames names;
  private Map<String, Values> rules = Map.of();
  private final Map<String, CheckReader> checks = new LinkedHashMap<>();

  TableReader(TableRef table, Values values, YamlValue.Entry written, Site site, LakeNames names) {
    this.table = table;
    this.values = values;
    this.written = written;
    this.site = site;
    this.names = names;
  }

  TableRef table() {
    return table;
  }

  /** Reads the rules and checks, and notes what does not fit together. */
  void read(SectionReader reader) {
    rules = reader.readEntries(ChecksSettings.RULES, withShortRules(written.value()), site);
    reader
        .readEntries(CheckSettings.CHECKS, written.value(), site)
        .forEach((name, read) -> readCheck(reader, name, read));
    verifyName();
    verifyRules();
    verifyCorrections();
    verifyNamesAreUnique();
    refuseSecrets();
  }

  private void readCheck(SectionReader reader, String name, Values read) {
    YamlValue.Entry section = written.value().entry(CheckSettings.CHECKS.key()).orElseThrow();
    YamlValue.Entry entry = section.value().entry(name).orElseThrow();
    Site below = site.child(section.key(), section.at()).child(name, entry.at());
    CheckReader check = new CheckReader(name, read, entry.value(), below);
    check.read(reader, table, names);
    checks.put(name, check);
  }

  CheckedTable checked() {
    List<RowRule> all = new ArrayList<>();
    rules.forEach(
        (name, rule) ->
            all.add(
                new RowRule(
                    name,
                    rule.of(ChecksSettings.RULE),
                    rule.of(ChecksSettings.ACTION),
                    rule.of(ChecksSettings.DIMENSION))));
    List<DatasetCheck> whole = checks.values().stream().map(CheckReader::check).toList();
    return new CheckedTable(
        table,
        values.of(ChecksSettings.DESCRIPTION),
        new RowRules(
            all, values.of(ChecksSettings.ON_QUARANTINE), values.of(ChecksSettings.CORRECTIONS)),
        whole);
  }

  /** A rule that is a text alone stands for a map with that rule. */
  private static YamlValue withShortRules(YamlValue value) {
    Optional<YamlValue.Entry> section = value.entry(ChecksSettings.RULES.key());
    if (section.isEmpty() || !(section.get().value() instanceof YamlValue.Mapping mapping)) {
      return value;
    }
    List<YamlValue.Entry> entries = mapping.entries().stream().map(TableReader::inFull).toList();
    YamlValue full = new YamlValue.Mapping(mapping.at(), entries);
    YamlValue.Entry only = new YamlValue.Entry(section.get().at(), section.get().key(), full);
    return new YamlValue.Mapping(value.at(), List.of(only));
  }

  private static YamlValue.Entry inFull(YamlValue.Entry rule) {
    if (!(rule.value() instanceof YamlValue.Scalar condition)) {
      return rule;
    }
    YamlValue.Entry key = new YamlValue.Entry(condition.at(), ChecksSettings.RULE.key(), condition);
    return new YamlValue.Entry(
        rule.at(), rule.key(), new YamlValue.Mapping(condition.at(), List.of(key)));
  }

  private void verifyName() {
    try {
      names.verify(table);
    } catch (InvalidValue e) {
      site.invalid(written.at(), e.getMessage(), e.remedy());
    }
  }

  private void verifyRules() {
    Optional<YamlValue.Entry> section = written.value().entry(ChecksSettings.RULES.key());
    Optional<YamlValue.Entry> shown = written.value().entry(ChecksSettings.ON_QUARANTINE.key());
    if (table.layer() != Layer.SILVER) {
      Stream.of(section, shown).flatMap(Optional::stream).forEach(this::refuseOutsideSilver);
      return;
    }
    section.ifPresent(this::refuseOfPart);
    section.ifPresent(
        rule -> refuseOfEvents(rule, "write a check of type compliance in the place of each rule"));
    shown.ifPresent(this::refuseToRemoveWhereNothingLeaves);
    boolean quarantines =
        corrections().isPresent() || rules.values().stream().anyMatch(TableReader::mayQuarantine);
    if (shown.isPresent() && !quarantines) {
      invalid(
          shown.get(), "no rule of the table has 'action: quarantine'", "add one, or remove it");
    }
  }

  private Optional<YamlValue.Entry> corrections() {
    return written.value().entry(ChecksSettings.CORRECTIONS.key());
  }

  private void verifyCorrections() {
    corrections()
        .ifPresent(
            section -> {
              if (table.layer() != Layer.SILVER) {
                invalid(
                    section,
                    "only rows of silver tables are corrected",
                    "write the correction under the silver table");
                return;
              }
              refuseOfPart(section);
              refuseOfEvents(section, "correct the columns where the table is read");
              if (section.value() instanceof YamlValue.Mapping mapping) {
                mapping.entries().forEach(column -> refuseOfMasked(section, column));
              }
            });
  }

  private void refuseOfMasked(YamlValue.Entry section, YamlValue.Entry column) {
    if (names.isMasked(table.name(), column.key())) {
      site.child(section.key(), section.at())
          .child(column.key(), column.at())
          .invalid(
              column.at(),
              "is masked, and what it was is kept nowhere",
              "remove the correction or the mask");
    }
  }

  private void refuseOfPart(YamlValue.Entry section) {
    String whole = names.parts().get(table.name());
    if (whole != null) {
      invalid(
          section,
          table.name() + " is one of the sources of " + whole,
          "write its %s under silver.%s; they hold for every source"
              .formatted(section.key(), whole));
    }
  }

  private void refuseOutsideSilver(YamlValue.Entry entry) {
    invalid(
        entry,
        "only silver tables have row rules",
        "write a check of type compliance, or the rule under the silver table");
  }

  /** Rules and corrections decide what is shown of a key, and events have none. */
  private void refuseOfEvents(YamlValue.Entry section, String remedy) {
    if (names.rows(table.name()) == LakeNames.Rows.EVENTS) {
      invalid(
          section,
          "the table is append-only, so its rows are events that stay as they are",
          remedy);
    }
  }

  /** A row that is removed would be shown as one that the source deleted. */
  private void refuseToRemoveWhereNothingLeaves(YamlValue.Entry shown) {
    if (names.rows(table.name()) == LakeNames.Rows.CURRENT_AND_DELETED
        && values.has(ChecksSettings.ON_QUARANTINE)
        && values.of(ChecksSettings.ON_QUARANTINE) == OnQuarantine.REMOVE) {
      invalid(
          shown,
          "no row leaves a table that keeps deleted ones ('deletes: soft', or 'conflicts' by time)",
          "write keep-last-good or flag");
    }
  }

  private void refuseSecrets() {
    CheckReader.refuseSecrets(values, site);
    rules.forEach(
        (name, rule) -> {
          Site section = site.child(ChecksSettings.RULES.key(), written.at());
          CheckReader.refuseSecrets(rule, section.child(name, place(ChecksSettings.RULES, name)));
        });
  }

  private Place place(Section<?> section, String name) {
    return written
        .value()
        .entry(section.key())
        .flatMap(entries -> entries.value().entry(name))
        .map(YamlValue.Entry::at)
        .orElse(written.at());
  }

  private void invalid(YamlValue.Entry entry, String problem, String remedy) {
    site.child(entry.key(), entry.at()).invalid(entry.at(), problem, remedy);
  }

  private static boolean mayQuarantine(Values rule) {
    return !rule.has(ChecksSettings.ACTION)
        || rule.of(ChecksSettings.ACTION) == RowRule.Action.QUARANTINE;
  }

  /** Reports and quarantine know rules and checks by their names alone. */
  private void verifyNamesAreUnique() {
    Set<String> known = new TreeSet<>();
    rules.keySet().forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
    checks.forEach(
        (name, check) -> {
          if (known.contains(name.toLowerCase(Locale.ROOT))) {
            check
                .site()
                .invalid(
                    check.site().at(),
                    "a rule of the table has the same name",
                    "rename one of the two");
          }
        });
  }
}
