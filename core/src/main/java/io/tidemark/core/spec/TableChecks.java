package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks between the settings of tables, which no setting can make alone. */
final class TableChecks {
  private final Site site;
  private final Map<String, String> owners = new HashMap<>();

  private TableChecks(Site site) {
    this.site = site;
  }

  /** Notes what does not fit together in the section {@code tables}. */
  static void run(YamlValue root, Site site) {
    TableChecks checks = new TableChecks(site);
    List<YamlValue.Entry> tables = entries(root, Settings.TABLES.key());
    for (YamlValue.Entry table : tables) {
      checks.sourceFeedsOneTable(table);
      checks.sourcesFitTogether(table, tables);
      checks.historyIsOfChanges(table);
    }
  }

  private static List<YamlValue.Entry> entries(YamlValue parent, String key) {
    return parent
        .entry(key)
        .map(YamlValue.Entry::value)
        .filter(YamlValue.Mapping.class::isInstance)
        .map(mapping -> ((YamlValue.Mapping) mapping).entries())
        .orElse(List.of());
  }

  /** Changes of one source table go to one table; the other would stay empty in silence. */
  private void sourceFeedsOneTable(YamlValue.Entry table) {
    table
        .value()
        .entry(TableSettings.SOURCE.key())
        .ifPresent(source -> claim(table.key() + ".source", table.key(), source.value()));
    for (YamlValue.Entry source : entries(table.value(), TableSettings.SOURCES.key())) {
      String lakeTable = SourcesSpec.lakeTable(table.key(), source.key());
      claim(table.key() + ".sources." + source.key(), lakeTable, source.value());
    }
  }

  private void claim(String key, String lakeTable, YamlValue source) {
    if (source instanceof YamlValue.Scalar scalar) {
      String owner = owners.putIfAbsent(scalar.text(), lakeTable);
      if (owner != null) {
        site.invalid(
            scalar.at(),
            "tables." + key + ": " + scalar.shown() + " already feeds " + owner,
            "name another source table, or remove one of the two tables");
      }
    }
  }

  private void sourcesFitTogether(YamlValue.Entry table, List<YamlValue.Entry> tables) {
    List<YamlValue.Entry> sources = entries(table.value(), TableSettings.SOURCES.key());
    if (sources.isEmpty()) {
      for (Setting<TableSpec, ?> alone :
          List.of(TableSettings.SOURCE_COLUMN, TableSettings.CONFLICTS)) {
        needs(table, alone.key(), TableSettings.SOURCES.key());
      }
    } else {
      written(table, TableSettings.SOURCE.key())
          .ifPresent(
              source -> invalid(source, table, "stands beside 'sources'", "remove one of the two"));
    }
    for (YamlValue.Entry source : sources) {
      String lakeTable = SourcesSpec.lakeTable(table.key(), source.key());
      if (tables.stream().anyMatch(other -> other.key().equalsIgnoreCase(lakeTable))) {
        invalid(
            source, table, "needs the table " + lakeTable, "rename the label or that other table");
      }
    }
    countersAreSummed(table);
  }

  /** Events are never changed, so that history would be the same as silver. */
  private void historyIsOfChanges(YamlValue.Entry table) {
    boolean outbox = written(table, TableSettings.OUTBOX.key()).isPresent();
    if (outbox || isOn(table, TableSettings.APPEND_ONLY.key()).isPresent()) {
      String beside = outbox ? "outbox" : "append-only";
      isOn(table, TableSettings.HISTORY.key())
          .ifPresent(
              entry ->
                  invalid(
                      entry,
                      table,
                      "stands beside '" + beside + "'",
                      "remove it: events never change"));
    }
  }

  private static Optional<YamlValue.Entry> isOn(YamlValue.Entry table, String key) {
    return table
        .value()
        .entry(key)
        .filter(entry -> entry.value() instanceof YamlValue.Scalar v && v.text().equals("true"));
  }

  private void countersAreSummed(YamlValue.Entry table) {
    Optional<YamlValue.Entry> counters = written(table, TableSettings.COUNTERS.key());
    boolean sums =
        table
            .value()
            .entry(TableSettings.CONFLICTS.key())
            .filter(policy -> policy.value() instanceof YamlValue.Scalar)
            .map(policy -> ((YamlValue.Scalar) policy.value()).text())
            .filter(ConflictPolicy.SUM.word()::equals)
            .isPresent();
    if (counters.isPresent() && !sums) {
      invalid(counters.get(), table, "needs 'conflicts: sum'", "add that, or remove the counters");
    } else if (sums && counters.isEmpty()) {
      invalid(
          table.value().entry(TableSettings.CONFLICTS.key()).orElseThrow(),
          table,
          "sums no columns",
          "add 'counters:' with the columns to sum");
    }
  }

  private void needs(YamlValue.Entry table, String key, String other) {
    written(table, key)
        .ifPresent(
            entry ->
                invalid(
                    entry, table, "needs '" + other + "'", "add that, or remove '" + key + "'"));
  }

  /** The entry if it says more than its default. */
  private static Optional<YamlValue.Entry> written(YamlValue.Entry table, String key) {
    return table.value().entry(key).filter(entry -> saysMore(entry.value()));
  }

  private static boolean saysMore(YamlValue value) {
    if (value instanceof YamlValue.Sequence sequence) {
      return !sequence.items().isEmpty();
    }
    return !(value instanceof YamlValue.Scalar scalar)
        ? !(value instanceof YamlValue.Empty)
        : !scalar.text().equals(TableSettings.SOURCE_COLUMN.defaultValue());
  }

  private void invalid(
      YamlValue.Entry entry, YamlValue.Entry table, String problem, String remedy) {
    site.invalid(
        entry.at(), "tables.%s.%s: %s".formatted(table.key(), entry.key(), problem), remedy);
  }
}
