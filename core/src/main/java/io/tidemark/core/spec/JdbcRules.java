package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.List;
import java.util.Optional;

/** What a source that is a database asks of its tables, and which tables may say how to poll. */
final class JdbcRules {
  private JdbcRules() {}

  static void check(YamlValue root, Site site) {
    boolean jdbc =
        root.entry(Settings.SOURCE.key())
            .flatMap(source -> source.value().entry(SourceSettings.TYPE.key()))
            .filter(type -> is(type.value(), SourceType.JDBC.word()))
            .isPresent();
    List<YamlValue.Entry> tables =
        root.entry(Settings.TABLES.key())
            .map(YamlValue.Entry::value)
            .filter(YamlValue.Mapping.class::isInstance)
            .map(mapping -> ((YamlValue.Mapping) mapping).entries())
            .orElse(List.of());
    if (jdbc && tables.isEmpty()) {
      site.invalid(
          root.at(),
          "a source of type jdbc reads the tables that are named, and there are none",
          "add 'tables:' with each table and its watermark: {orders: {watermark: updated_at}}");
    }
    checkDatabase(root, site, jdbc);
    if (jdbc) {
      root.entry(Settings.SOURCE.key()).ifPresent(source -> checkSource(source.value(), site));
    }
    for (YamlValue.Entry table : tables) {
      if (jdbc) {
        checkPolled(table, site);
      } else {
        JdbcSettings.OF_TABLE.forEach(setting -> refuse(table, setting, site));
      }
    }
  }

  /** A database is named whole or not at all, and only beside a source that is none. */
  private static void checkDatabase(YamlValue root, Site site, boolean jdbc) {
    YamlValue.Entry section = root.entry(Settings.DATABASE.key()).orElse(null);
    if (section == null || section.value() instanceof YamlValue.Empty) {
      return;
    }
    boolean whole =
        section.value().entry(JdbcSettings.DATABASE_URL.key()).isPresent()
            && section.value().entry(JdbcSettings.DATABASE_USER.key()).isPresent();
    if (jdbc) {
      site.invalid(
          section.at(),
          "database: the source is a database itself",
          "remove it: the rows are read where they are polled");
    } else if (!whole) {
      site.invalid(
          section.at(),
          "database: needs both 'url' and 'user'",
          "add what is missing, or remove the section");
    }
  }

  private static void checkSource(YamlValue source, Site site) {
    for (Setting<SourceSpec, ?> unfit :
        List.of(SourceSettings.FORMAT, SourceSettings.REGISTRY, SourceSettings.UNAVAILABLE_VALUE)) {
      written(source, unfit)
          .ifPresent(
              entry ->
                  site.invalid(
                      entry.at(),
                      "source.%s: is about change events, and a poll has none"
                          .formatted(unfit.key()),
                      "remove it"));
    }
  }

  private static void checkPolled(YamlValue.Entry table, Site site) {
    if (written(table, JdbcSettings.TABLE_WATERMARK).isEmpty()
        && written(table, TableSettings.SOURCES).isEmpty()) {
      site.invalid(
          table.at(),
          "tables." + table.key() + ": there is no 'watermark', so changes cannot be found",
          "add 'watermark:' with a column that rises whenever a row changes, such as updated_at; or"
              + " 'watermark: xmin' on PostgreSQL, which reads the whole table each time; or read"
              + " the table's changes with Debezium");
    }
    for (Setting<TableSpec, ?> unfit :
        List.of(TableSettings.OUTBOX, TableSettings.APPEND_ONLY, TableSettings.SOURCES)) {
      written(table, unfit)
          .filter(entry -> !is(entry.value(), "false"))
          .ifPresent(
              entry ->
                  site.invalid(
                      entry.at(),
                      "tables.%s.%s: needs change events, which a poll does not see"
                          .formatted(table.key(), unfit.key()),
                      "remove it, or use a source of type debezium or files"));
    }
  }

  private static void refuse(YamlValue.Entry table, Setting<TableSpec, ?> setting, Site site) {
    written(table, setting)
        .ifPresent(
            entry ->
                site.invalid(
                    entry.at(),
                    "tables.%s.%s: means something only where 'source.type: jdbc' is set"
                        .formatted(table.key(), setting.key()),
                    "remove it, or set 'source.type: jdbc'"));
  }

  private static boolean is(YamlValue value, String text) {
    return value instanceof YamlValue.Scalar scalar && scalar.text().equals(text);
  }

  private static Optional<YamlValue.Entry> written(
      YamlValue.Entry table, Setting<TableSpec, ?> setting) {
    return written(table.value(), setting);
  }

  /** A setting that says more than its default. */
  private static Optional<YamlValue.Entry> written(YamlValue section, Setting<?, ?> setting) {
    return section
        .entry(setting.key())
        .filter(entry -> !(entry.value() instanceof YamlValue.Empty))
        .filter(entry -> !is(entry.value(), setting.byDefault().orElse("")))
        .filter(
            entry -> !(entry.value() instanceof YamlValue.Mapping map) || !map.entries().isEmpty());
  }
}
