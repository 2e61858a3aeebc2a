package io.tidemark.core.spec;

import io.tidemark.core.check.ChecksSpec;
import io.tidemark.core.check.RowRules;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.spec.checks.ChecksFile;
import io.tidemark.core.spec.checks.LakeNames;
import io.tidemark.core.spec.setting.SectionReader;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.setting.Values;
import io.tidemark.core.spec.yaml.FileLookup;
import io.tidemark.core.spec.yaml.Place;
import io.tidemark.core.spec.yaml.Problems;
import io.tidemark.core.spec.yaml.YamlDocument;
import io.tidemark.core.spec.yaml.YamlValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads a pipeline file, once, into a checked {@link PipelineSpec}. */
public final class PipelineFile {
  private PipelineFile() {}

  /**
   * Reads and checks a pipeline file, the files it names included.
   *
   * @param environment the variables that <code>${NAME}</code> in the file stands for
   * @throws io.tidemark.core.error.TidemarkException with exit code {@code CONFIGURATION}, listing
   *     every problem of the file with line and column
   */
  public static PipelineSpec read(Path file, Map<String, String> environment) {
    Problems problems = new Problems(file);
    YamlValue root = root(file, environment, problems);
    Site site = new Site("", Place.START, new FileLookup(file), problems);
    SectionReader reader = new SectionReader(Settings.PIPELINE);
    Values top = reader.read(Settings.PIPELINE, root, site);
    Values source = reader.readChild(Settings.SOURCE, root, site);
    Map<String, Values> tables = reader.readEntries(Settings.TABLES, root, site);
    Map<String, Values> gold = reader.readEntries(Settings.GOLD, root, site);
    Values masking = reader.readChild(Settings.MASKING, root, site);
    Values database = reader.readChild(Settings.DATABASE, root, site);
    Values reports = reader.readChild(ReportSettings.REPORTS, root, site);
    if (masking.has(Settings.MASKING_KEYS)) {
      MaskChecks masks = new MaskChecks(root, site, masking.of(Settings.MASKING_KEYS).keySet());
      tables.forEach(masks::check);
    }
    SourceRules.checkRegistry(root, site);
    SourceRules.checkOutboxes(root, site);
    JdbcRules.check(root, site);
    TableChecks.run(root, site);
    AlertSection alerts = AlertSection.read(reader, root, site);
    Optional<ChecksFile> checksFile =
        top.has(Settings.CHECKS)
            ? top.of(Settings.CHECKS)
                .map(
                    named ->
                        ChecksFile.read(
                            named, environment, names(source, tables, gold, database), problems))
            : Optional.empty();
    problems.throwIfAny();
    ChecksSpec checks = checksFile.map(ChecksFile::spec).orElse(ChecksSpec.NONE);
    return new PipelineSpec(
        top.of(Settings.PIPELINE_NAME),
        top.of(Settings.LAKE),
        source(source),
        withSources(withRules(records(tables, PipelineFile::table), checks)),
        records(gold, PipelineFile::gold),
        top.of(Settings.TRIGGER),
        top.of(Settings.MAX_BAD_SHARE),
        Math.toIntExact(top.of(Settings.PARALLEL_TABLES)),
        file,
        new MaskingSpec(masking.of(Settings.MASKING_KEYS), masking.redaction()),
        database(database),
        checks,
        alerts.spec(),
        new ReportsSpec(
            reports.of(ReportSettings.RETENTION),
            reports.of(ReportSettings.EVERY),
            reports.redaction()),
        top.redaction());
  }

  /** What is known of the lake's tables even if the file has problems. */
  private static LakeNames names(
      Values source, Map<String, Values> tables, Map<String, Values> gold, Values database) {
    Map<String, String> parts = new LinkedHashMap<>();
    Map<String, LakeNames.Rows> rows = new LinkedHashMap<>();
    Map<String, Set<String>> masked = new HashMap<>();
    tables.forEach(
        (name, values) -> {
          rows.put(name, rows(values));
          masked.put(name, masked(values));
          if (values.has(TableSettings.SOURCES)) {
            values
                .of(TableSettings.SOURCES)
                .keySet()
                .forEach(label -> parts.put(SourcesSpec.lakeTable(name, label), name));
          }
        });
    boolean polled =
        source.has(SourceSettings.TYPE) && source.of(SourceSettings.TYPE) == SourceType.JDBC;
    boolean named =
        database.has(JdbcSettings.DATABASE_URL)
            && database.of(JdbcSettings.DATABASE_URL).isPresent();
    return new LakeNames(rows, parts, List.copyOf(gold.keySet()), polled || named, masked);
  }

  private static Set<String> masked(Values table) {
    return TableSpec.byLakeName(
            orDefault(table, TableSettings.MASK), orDefault(table, TableSettings.RENAME))
        .keySet();
  }

  private static LakeNames.Rows rows(Values table) {
    return TableSpec.rows(
        orDefault(table, TableSettings.APPEND_ONLY),
        orDefault(table, TableSettings.DELETES),
        orDefault(table, TableSettings.CONFLICTS));
  }

  private static <T> T orDefault(Values values, Setting<?, T> setting) {
    return values.has(setting) ? values.of(setting) : setting.defaultValue();
  }

  private static Map<String, TableSpec> withRules(
      Map<String, TableSpec> tables, ChecksSpec checks) {
    tables.replaceAll((name, table) -> table.withRules(checks.rules(name)));
    return tables;
  }

  private static DatabaseSpec database(Values values) {
    return new DatabaseSpec(
        values
            .of(JdbcSettings.DATABASE_URL)
            .map(
                url ->
                    new SourceDatabase(
                        url,
                        values.of(JdbcSettings.DATABASE_USER).orElseThrow(),
                        values.of(JdbcSettings.DATABASE_PASSWORD).orElse(""))),
        values.redaction());
  }

  private static YamlValue root(Path file, Map<String, String> environment, Problems problems) {
    YamlValue root = YamlDocument.read(file, environment, problems);
    if (!(root instanceof YamlValue.Empty)) {
      return root;
    }
    // One problem says more here than the list of all that is missing.
    problems.add(
        root.at(), "the file is empty", "start with 'pipeline: name', 'lake:' and 'source:'");
    return new YamlValue.Broken(root.at());
  }

  private static <R> Map<String, R> records(
      Map<String, Values> entries, BiFunction<String, Values, R> record) {
    Map<String, R> records = new LinkedHashMap<>();
    entries.forEach((name, values) -> records.put(name, record.apply(name, values)));
    return records;
  }

  private static SourceSpec source(Values values) {
    return new SourceSpec(
        feed(values),
        values.of(SourceSettings.FORMAT),
        values.of(SourceSettings.REGISTRY),
        values.of(SourceSettings.UNAVAILABLE_VALUE),
        values.of(SourceSettings.RETRY_TIMEOUT),
        values.redaction());
  }

  private static SourceFeed feed(Values values) {
    return switch (values.of(SourceSettings.TYPE)) {
      case DEBEZIUM ->
          new KafkaFeed(
              String.join(",", values.of(SourceSettings.BOOTSTRAP_SERVERS)),
              values.of(SourceSettings.TOPICS),
              values.of(SourceSettings.MAX_OFFSETS_PER_TRIGGER),
              values.of(SourceSettings.CONNECT_URL),
              values.of(SourceSettings.KAFKA));
      case FILES ->
          new FileFeed(
              values.of(SourceSettings.PATH),
              Math.toIntExact(values.of(SourceSettings.MAX_FILES_PER_BATCH)));
      case JDBC ->
          new JdbcFeed(
              new SourceDatabase(
                  values.of(JdbcSettings.URL),
                  values.of(JdbcSettings.USER),
                  values.of(JdbcSettings.PASSWORD)),
              values.of(JdbcSettings.EVERY),
              values.of(JdbcSettings.CHUNK_ROWS),
              Math.toIntExact(values.of(JdbcSettings.CONNECTIONS)),
              values.of(JdbcSettings.PAUSE),
              values.of(JdbcSettings.STATEMENT_TIMEOUT));
    };
  }

  private static TableSpec table(String name, Values values) {
    return new TableSpec(
        name,
        values.of(TableSettings.KEY),
        values.of(TableSettings.SOURCE),
        values.of(TableSettings.COLUMNS),
        values.of(TableSettings.MASK),
        values.of(TableSettings.OUTBOX),
        new SourcesSpec(
            values.of(TableSettings.SOURCES),
            values.of(TableSettings.SOURCE_COLUMN),
            values.of(TableSettings.CONFLICTS),
            values.of(TableSettings.COUNTERS)),
        values.of(TableSettings.HISTORY),
        values.of(TableSettings.DELETES),
        values.of(TableSettings.TOMBSTONE_RETENTION),
        values.of(TableSettings.APPEND_ONLY),
        values.of(TableSettings.SCHEMA),
        values.of(TableSettings.RENAME),
        new PollSpec(
            values.of(JdbcSettings.TABLE_WATERMARK),
            values.of(JdbcSettings.TABLE_LAG),
            values.of(JdbcSettings.TABLE_SOFT_DELETE),
            values.of(JdbcSettings.TABLE_DELETE_LOG),
            values.of(JdbcSettings.TABLE_SWEEP)),
        RowRules.NONE,
        values.redaction());
  }

  /** Adds the lake tables of the sources behind each table that combines several. */
  private static Map<String, TableSpec> withSources(Map<String, TableSpec> declared) {
    Map<String, TableSpec> tables = new LinkedHashMap<>();
    declared.forEach(
        (name, table) -> {
          tables.put(name, table);
          for (String label : table.sources().tables().keySet()) {
            TableSpec source = table.ofSource(label);
            tables.put(source.name(), source);
          }
        });
    return tables;
  }

  private static GoldSpec gold(String name, Values values) {
    FileLookup.Found sql = values.of(Settings.GOLD_SQL);
    return new GoldSpec(
        name, sql.path(), sql.text(), values.of(Settings.GOLD_KEY), values.redaction());
  }
}
