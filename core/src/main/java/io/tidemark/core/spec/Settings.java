package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import io.tidemark.core.spec.yaml.FileLookup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sections of a pipeline file, and the settings of those that have only a few. */
final class Settings {
  static final Setting<PipelineSpec, String> PIPELINE_NAME =
      Setting.required(
          "pipeline",
          PipelineTypes.pipelineName(),
          PipelineSpec::name,
          "The pipeline's name, in run records and messages.");
  static final Setting<PipelineSpec, String> LAKE =
      Setting.required(
          "lake",
          PipelineTypes.lake(),
          PipelineSpec::lake,
          "The root of the lake; a relative folder counts from the current directory.");
  static final Setting<PipelineSpec, Duration> TRIGGER =
      Setting.withDefault(
          "trigger",
          ValueTypes.duration(),
          "5s",
          PipelineSpec::trigger,
          "The pause between micro-batches of a continuous run.");
  static final Setting<PipelineSpec, Share> MAX_BAD_SHARE =
      Setting.withDefault(
          "max-bad-share",
          PipelineTypes.share(),
          "1%",
          PipelineSpec::maxBadShare,
          "The share of a run's rows that may be dead-lettered or quarantined; above it the run"
              + " ends with exit code 6.");
  static final Setting<PipelineSpec, Long> PARALLEL_TABLES =
      Setting.withDefault(
          "parallel-tables",
          ValueTypes.wholeNumber(1, 64),
          "4",
          spec -> (long) spec.parallelTables(),
          "How many tables are merged side by side.");
  static final Setting<PipelineSpec, Optional<FileLookup.Found>> CHECKS =
      Setting.optional(
          "checks",
          PipelineTypes.checksFile(),
          spec -> spec.checks().file().map(path -> new FileLookup.Found(path, "")),
          "The file that declares what good data is, see docs/checks-reference.md; a relative path"
              + " is looked for as those of `sql` are.");
  static final Setting<MaskingSpec, Map<String, String>> MASKING_KEYS =
      Setting.withDefault(
          "keys",
          ValueTypes.secrets(
              "masking keys",
              "a map of key ids to secrets of at least 32 characters, such as"
                  + " {k1: \"${file:/run/secrets/k1}\"}",
              PipelineTypes.maskingKeyId(),
              PipelineTypes.maskingKey()),
          "{}",
          MaskingSpec::keys,
          "The secrets of keyed hashes and tokens, the newest last: new values are hashed with it,"
              + " key columns stay with the key that their table began with.");
  static final Setting<GoldSpec, FileLookup.Found> GOLD_SQL =
      Setting.required(
          "sql",
          PipelineTypes.sqlFile(),
          gold -> new FileLookup.Found(gold.sql(), gold.sqlText()),
          "The file that holds the query; a relative path counts from the current directory, else"
              + " from the pipeline file's folder and the folders above it.");
  static final Setting<GoldSpec, List<String>> GOLD_KEY =
      Setting.required(
          "key",
          ValueTypes.nonEmptyList(PipelineTypes.column()),
          GoldSpec::key,
          "The columns that identify a row of the result.");

  static final Section<SourceSpec> SOURCE =
      new Section<>(
          "source",
          Optional.empty(),
          "Where changes come from.",
          all(SourceSettings.ALL, JdbcSettings.OF_SOURCE),
          List.of(),
          SourceSpec::redaction);
  static final Section<TableSpec> TABLES =
      new Section<>(
          "tables",
          Optional.of(PipelineTypes.tableName()),
          "What is special about a table, under its name; `orders: {}` or `orders:` when nothing is.",
          all(TableSettings.ALL, JdbcSettings.OF_TABLE),
          List.of(),
          TableSpec::redaction);
  static final Section<MaskingSpec> MASKING =
      new Section<>(
          "masking",
          Optional.empty(),
          "The secrets that masks are made with, and that seal the dead letters of masked tables;"
              + " needed where a table has a mask.",
          List.of(MASKING_KEYS),
          List.of(),
          MaskingSpec::redaction);
  static final Section<DatabaseSpec> DATABASE =
      new Section<>(
          "database",
          Optional.empty(),
          "Where the rows of the source can be read by SQL, for `tidemark reconcile`; a source of type"
              + " jdbc is that database itself.",
          List.of(
              JdbcSettings.DATABASE_URL,
              JdbcSettings.DATABASE_USER,
              JdbcSettings.DATABASE_PASSWORD),
          List.of(),
          DatabaseSpec::redaction);
  static final Section<GoldSpec> GOLD =
      new Section<>(
          "gold",
          Optional.of(PipelineTypes.tableName()),
          "A mart, under its name: a query over silver that is kept equal to its full recompute.",
          List.of(GOLD_SQL, GOLD_KEY),
          List.of(),
          GoldSpec::redaction);
  static final Section<PipelineSpec> PIPELINE =
      new Section<>(
          "",
          Optional.empty(),
          "The settings at the top of the file.",
          List.of(PIPELINE_NAME, LAKE, TRIGGER, MAX_BAD_SHARE, PARALLEL_TABLES, CHECKS),
          List.of(
              SOURCE,
              DATABASE,
              TABLES,
              MASKING,
              GOLD,
              AlertSettings.ALERTS,
              ReportSettings.REPORTS),
          PipelineSpec::redaction);

  private Settings() {}

  private static <R> List<Setting<R, ?>> all(List<Setting<R, ?>> some, List<Setting<R, ?>> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
