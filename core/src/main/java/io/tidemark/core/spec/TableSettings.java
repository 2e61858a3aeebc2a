package io.tidemark.core.spec;

import io.tidemark.core.mask.Mask;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of a table that are not those of its poll, see {@link JdbcSettings}. */
final class TableSettings {
  static final Setting<TableSpec, List<String>> KEY =
      Setting.withDefault(
          "key",
          ValueTypes.list(PipelineTypes.column()),
          "[]",
          TableSpec::key,
          "The columns of the merge key; without any, the key of the events.");

  static final Setting<TableSpec, Optional<String>> SOURCE =
      Setting.optional(
          "source",
          PipelineTypes.sourceTable(),
          TableSpec::source,
          "The source table, when it is named differently from the table in the lake.");

  static final Setting<TableSpec, Map<String, String>> COLUMNS =
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

  static final Setting<TableSpec, Map<String, Mask>> MASK =
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

  static final Setting<TableSpec, Optional<String>> OUTBOX =
      Setting.optional(
          "outbox",
          PipelineTypes.topic(),
          TableSpec::outbox,
          "The topic of the outbox events (EventRouter) that are this table's rows, one row an"
              + " event; its columns are event_id, aggregate_id, event_time, one for each header,"
              + " and those of the payload.");

  static final Setting<TableSpec, Map<String, String>> SOURCES =
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

  static final Setting<TableSpec, String> SOURCE_COLUMN =
      Setting.withDefault(
          "source-column",
          PipelineTypes.tableName(),
          "source",
          table -> table.sources().column(),
          "With sources: the column that holds the label of a row's source.");

  static final Setting<TableSpec, Optional<ConflictPolicy>> CONFLICTS =
      Setting.optional(
          "conflicts",
          ValueTypes.oneOf(List.of(ConflictPolicy.values()), ConflictPolicy::word),
          table -> table.sources().conflicts(),
          "With sources: whose row holds when several sources have one key, by the source's time,"
              + " by the order of the sources, or with counters summed; without it such rows are"
              + " different rows, and the source column is part of the key.");

  static final Setting<TableSpec, List<String>> COUNTERS =
      Setting.withDefault(
          "counters",
          ValueTypes.list(PipelineTypes.column()),
          "[]",
          table -> table.sources().counters(),
          "With conflicts sum: the columns to sum over all sources.");

  static final Setting<TableSpec, Boolean> HISTORY =
      Setting.withDefault(
          "history",
          ValueTypes.oneOf(List.of(false, true), String::valueOf),
          "false",
          TableSpec::history,
          "Whether history/<table> keeps each row as it was from one change to the next (SCD type"
              + " 2), built from all of bronze, whenever it is switched on.");

  static final Setting<TableSpec, Deletes> DELETES =
      Setting.withDefault(
          "deletes",
          ValueTypes.oneOf(List.of(Deletes.values()), Deletes::word),
          "hard",
          TableSpec::deletes,
          "What becomes of a deleted row: it goes (hard), or stays as it was last, with _deleted and"
              + " _deleted_at set (soft).");

  static final Setting<TableSpec, Duration> TOMBSTONE_RETENTION =
      Setting.withDefault(
          "tombstone-retention",
          ValueTypes.duration(),
          "7d",
          TableSpec::tombstoneRetention,
          "How long deletes are remembered, counted in the source's time back from the newest change"
              + " of the table; what arrives later than that for a key without a row is quarantined.");

  static final Setting<TableSpec, Boolean> APPEND_ONLY =
      Setting.withDefault(
          "append-only",
          ValueTypes.oneOf(List.of(false, true), String::valueOf),
          "false",
          TableSpec::appendOnly,
          "Whether every change event is a row of its own, with its operation in _op; the only way"
              + " for a table without a key.");

  static final Setting<TableSpec, SchemaContract> SCHEMA =
      Setting.withDefault(
          "schema",
          new SchemaContractType(),
          "{}",
          TableSpec::schema,
          "What becomes of the table when the source's columns change; the first word of each kind"
              + " is its default.");

  static final Setting<TableSpec, Map<String, String>> RENAME =
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

  /** In the order in which they are printed. */
  static final List<Setting<TableSpec, ?>> ALL =
      List.of(
          KEY,
          SOURCE,
          COLUMNS,
          MASK,
          OUTBOX,
          SOURCES,
          SOURCE_COLUMN,
          CONFLICTS,
          COUNTERS,
          HISTORY,
          DELETES,
          TOMBSTONE_RETENTION,
          APPEND_ONLY,
          SCHEMA,
          RENAME);

  private TableSettings() {}
}
