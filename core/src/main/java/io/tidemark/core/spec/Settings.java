package io.tidemark.core.spec;

import io.tidemark.core.mask.Mask;
import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import io.tidemark.core.spec.yaml.FileLookup;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting of a pipeline file, each declared here and nowhere else. */
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

  static final Setting<SourceSpec, SourceType> SOURCE_TYPE =
      Setting.required(
          "type",
          ValueTypes.oneOf(List.of(SourceType.values()), SourceType::word),
          SourceSpec::type,
          "The kind of source.");
  static final Setting<SourceSpec, List<String>> BOOTSTRAP_SERVERS =
      Setting.required(
              "bootstrap-servers",
              ValueTypes.nonEmptyList(PipelineTypes.servers()),
              (SourceSpec source) -> List.of(source.kafka().bootstrapServers().split(",", -1)),
              "The Kafka brokers to start from.")
          .onlyWhere(SOURCE_TYPE, SourceType.DEBEZIUM);
  static final Setting<SourceSpec, List<String>> TOPICS =
      Setting.required(
              "topics",
              ValueTypes.nonEmptyList(PipelineTypes.topic()),
              (SourceSpec source) -> source.kafka().topics(),
              "The topics to read; every character but * stands for itself.")
          .onlyWhere(SOURCE_TYPE, SourceType.DEBEZIUM);
  static final Setting<SourceSpec, Long> MAX_OFFSETS_PER_TRIGGER =
      Setting.withDefault(
              "max-offsets-per-trigger",
              ValueTypes.wholeNumber(1, Long.MAX_VALUE),
              "500000",
              (SourceSpec source) -> source.kafka().maxOffsetsPerTrigger(),
              "The most records one micro-batch reads.")
          .onlyWhere(SOURCE_TYPE, SourceType.DEBEZIUM);
  static final Setting<SourceSpec, Optional<URI>> CONNECT_URL =
      Setting.optional(
              "connect-url",
              PipelineTypes.restAddress(),
              (SourceSpec source) -> source.kafka().connectUrl(),
              "The REST address of the Kafka Connect whose connectors feed the topics; for the"
                  + " verbs that look at connectors.")
          .onlyWhere(SOURCE_TYPE, SourceType.DEBEZIUM);
  static final Setting<SourceSpec, Map<String, String>> KAFKA =
      Setting.withDefault(
              "kafka",
              ValueTypes.properties(
                  "properties",
                  "a map of Kafka client properties to texts",
                  PipelineTypes.kafkaProperty(),
                  ValueTypes.anyText("texts")),
              "{}",
              (SourceSpec source) -> source.kafka().properties(),
              "Further properties of the Kafka client, passed as they are, such as"
                  + " security.protocol and sasl.jaas.config.")
          .onlyWhere(SOURCE_TYPE, SourceType.DEBEZIUM);
  static final Setting<SourceSpec, String> PATH =
      Setting.required(
              "path",
              PipelineTypes.filesPath(),
              (SourceSpec source) -> source.files().path(),
              "The files to read, each line one record as JSON; files are taken in name order, those"
                  + " named `.x`, `_x`, `x.tmp` or `x.inprogress` not yet, and those named `x.gz`"
                  + " are unpacked.")
          .onlyWhere(SOURCE_TYPE, SourceType.FILES);
  static final Setting<SourceSpec, Long> MAX_FILES_PER_BATCH =
      Setting.withDefault(
              "max-files-per-batch",
              ValueTypes.wholeNumber(1, 100_000),
              "1",
              (SourceSpec source) -> (long) source.files().maxFilesPerBatch(),
              "The most files one micro-batch reads.")
          .onlyWhere(SOURCE_TYPE, SourceType.FILES);
  static final Setting<SourceSpec, String> UNAVAILABLE_VALUE =
      Setting.withDefault(
          "unavailable-value",
          ValueTypes.text("the connector's unavailable.value.placeholder"),
          "__debezium_unavailable_value",
          SourceSpec::unavailableValue,
          "What the connector writes in place of a large value that an update did not change; the"
              + " lake keeps the value it has.");
  static final Setting<SourceSpec, Duration> RETRY_TIMEOUT =
      Setting.withDefault(
          "retry-timeout",
          ValueTypes.duration(),
          "5m",
          SourceSpec::retryTimeout,
          "How long a lost source is retried before the run ends with exit code 4.");

  static final Setting<SourceSpec, SourceFormat> FORMAT =
      Setting.withDefault(
          "format",
          ValueTypes.oneOf(List.of(SourceFormat.values()), SourceFormat::word),
          "debezium-json",
          SourceSpec::format,
          "How the records are written: what the connector's converters are set to.");
  static final Setting<SourceSpec, Optional<URI>> REGISTRY =
      Setting.optional(
          "registry",
          PipelineTypes.restAddress(),
          SourceSpec::registry,
          "The Confluent-compatible REST address of the schema registry, which may hold user and"
              + " password; for the formats debezium-avro and debezium-protobuf.");

  static final Setting<TableSpec, List<String>> TABLE_KEY =
      Setting.withDefault(
          "key",
          ValueTypes.list(PipelineTypes.column()),
          "[]",
          TableSpec::key,
          "The columns of the merge key; without any, the key of the events.");
  static final Setting<TableSpec, Optional<String>> TABLE_SOURCE =
      Setting.optional(
          "source",
          PipelineTypes.sourceTable(),
          TableSpec::source,
          "The source table, when it is named differently from the table in the lake.");
  static final Setting<TableSpec, Map<String, String>> TABLE_COLUMNS =
      Setting.withDefault(
          "columns",
          ValueTypes.map(
              "column types",
              "a map of columns to types, such as bigint, decimal(12,2) or timestamp",
              PipelineTypes.column(),
              PipelineTypes.columnType()),
          "{}",
          TableSpec::columns,
          "The types of columns: of events without a schema block, of MongoDB's fields, and where"
              + " another type than the usual one is wanted; see docs/types.md.");
  static final Setting<TableSpec, Optional<String>> TABLE_OUTBOX =
      Setting.optional(
          "outbox",
          PipelineTypes.topic(),
          TableSpec::outbox,
          "The topic of the outbox events (EventRouter) that are this table's rows, one row an"
              + " event; its columns are event_id, aggregate_id, event_time, one for each header,"
              + " and those of the payload.");

  static final Setting<TableSpec, Map<String, Mask>> TABLE_MASK =
      Setting.withDefault(
          "mask",
          ValueTypes.map(
              "masks",
              "a map of columns to masks: " + Mask.SYNTAX,
              PipelineTypes.column(),
              PipelineTypes.mask()),
          "{}",
          TableSpec::mask,
          "The columns whose values are masked before anything is written; key columns take hash"
              + " or token(<key>).");

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
  static final Setting<TableSpec, Deletes> TABLE_DELETES =
      Setting.withDefault(
          "deletes",
          ValueTypes.oneOf(List.of(Deletes.values()), Deletes::word),
          "hard",
          TableSpec::deletes,
          "What becomes of a deleted row: it goes (hard), or stays as it was last, with _deleted and"
              + " _deleted_at set (soft).");
  static final Setting<TableSpec, SchemaContract> TABLE_SCHEMA =
      Setting.withDefault(
          "schema",
          new SchemaContractType(),
          "{}",
          TableSpec::schema,
          "What becomes of the table when the source's columns change; the first word of each kind"
              + " is its default.");
  static final Setting<TableSpec, Map<String, String>> TABLE_RENAME =
      Setting.withDefault(
          "rename",
          ValueTypes.map(
              "renamed columns",
              "a map of columns of the source to columns of the lake",
              PipelineTypes.column(),
              PipelineTypes.column()),
          "{}",
          TableSpec::rename,
          "Columns of the source that have another name in the lake; where the source renamed a"
              + " column, {old: new} keeps its values in one column.");
  static final Setting<TableSpec, Boolean> TABLE_APPEND_ONLY =
      Setting.withDefault(
          "append-only",
          ValueTypes.oneOf(List.of(false, true), String::valueOf),
          "false",
          TableSpec::appendOnly,
          "Whether every change event is a row of its own, with its operation in _op; the only way"
              + " for a table without a key.");
  static final Setting<TableSpec, Duration> TABLE_TOMBSTONE_RETENTION =
      Setting.withDefault(
          "tombstone-retention",
          ValueTypes.duration(),
          "7d",
          TableSpec::tombstoneRetention,
          "How long deletes are remembered, counted in the source's time back from the newest change"
              + " of the table; what arrives later than that for a key without a row is quarantined.");

  static final Setting<TableSpec, Map<String, String>> TABLE_SOURCES =
      Setting.withDefault(
          "sources",
          ValueTypes.map(
              "source tables",
              "a map of labels to source tables, such as {eu: shop_eu/public.orders}",
              PipelineTypes.tableName(),
              PipelineTypes.sourceTable()),
          "{}",
          table -> table.sources().tables(),
          "Several source tables that make one table, the most trusted first, each under a label;"
              + " each has a lake table of its own, too, named table__label.");
  static final Setting<TableSpec, String> TABLE_SOURCE_COLUMN =
      Setting.withDefault(
          "source-column",
          PipelineTypes.tableName(),
          "source",
          table -> table.sources().column(),
          "With sources: the column that holds the label of a row's source.");
  static final Setting<TableSpec, Optional<ConflictPolicy>> TABLE_CONFLICTS =
      Setting.optional(
          "conflicts",
          ValueTypes.oneOf(List.of(ConflictPolicy.values()), ConflictPolicy::word),
          table -> table.sources().conflicts(),
          "With sources: whose row holds when several sources have one key, by the source's time,"
              + " by the order of the sources, or with counters summed; without it such rows are"
              + " different rows, and the source column is part of the key.");
  static final Setting<TableSpec, Boolean> TABLE_HISTORY =
      Setting.withDefault(
          "history",
          ValueTypes.oneOf(List.of(false, true), String::valueOf),
          "false",
          TableSpec::history,
          "Whether history/<table> keeps each row as it was from one change to the next (SCD type"
              + " 2), built from all of bronze, whenever it is switched on.");
  static final Setting<TableSpec, List<String>> TABLE_COUNTERS =
      Setting.withDefault(
          "counters",
          ValueTypes.list(PipelineTypes.column()),
          "[]",
          table -> table.sources().counters(),
          "With conflicts sum: the columns to sum over all sources.");

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
          all(
              JdbcSettings.OF_SOURCE,
              SOURCE_TYPE,
              BOOTSTRAP_SERVERS,
              TOPICS,
              MAX_OFFSETS_PER_TRIGGER,
              CONNECT_URL,
              KAFKA,
              PATH,
              MAX_FILES_PER_BATCH,
              FORMAT,
              REGISTRY,
              UNAVAILABLE_VALUE,
              RETRY_TIMEOUT),
          List.of(),
          SourceSpec::redaction);
  static final Section<TableSpec> TABLES =
      new Section<>(
          "tables",
          Optional.of(PipelineTypes.tableName()),
          "What is special about a table, under its name; `orders: {}` or `orders:` when nothing is.",
          all(
              JdbcSettings.OF_TABLE,
              TABLE_KEY,
              TABLE_SOURCE,
              TABLE_COLUMNS,
              TABLE_MASK,
              TABLE_OUTBOX,
              TABLE_SOURCES,
              TABLE_SOURCE_COLUMN,
              TABLE_CONFLICTS,
              TABLE_COUNTERS,
              TABLE_HISTORY,
              TABLE_DELETES,
              TABLE_TOMBSTONE_RETENTION,
              TABLE_APPEND_ONLY,
              TABLE_SCHEMA,
              TABLE_RENAME),
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
          List.of(SOURCE, DATABASE, TABLES, MASKING, GOLD, AlertSettings.ALERTS),
          PipelineSpec::redaction);

  private Settings() {}

  /** Settings that stand here, and behind them those that stand elsewhere. */
  @SafeVarargs
  private static <R> List<Setting<R, ?>> all(List<Setting<R, ?>> more, Setting<R, ?>... own) {
    return Stream.concat(Stream.of(own), more.stream()).toList();
  }
}
