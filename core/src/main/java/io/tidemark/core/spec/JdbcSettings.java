package io.tidemark.core.spec;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of sources that are databases, and of their tables. */
final class JdbcSettings {
  static final Setting<SourceSpec, String> URL =
      Setting.required(
              "url",
              PipelineTypes.jdbcUrl(),
              (SourceSpec source) -> source.jdbc().database().url(),
              "The database to ask, without user and password. Tables named without a schema are"
                  + " looked for in `public`, or in the database of the address; in other databases"
                  + " than PostgreSQL, MariaDB and MySQL in the user's own schema."
                  + " docs/operations.md says what is tested with those.")
          .onlyWhere(SourceSettings.TYPE, SourceType.JDBC);
  static final Setting<SourceSpec, String> USER =
      Setting.required(
              "user",
              ValueTypes.text("a user who may SELECT from the tables"),
              (SourceSpec source) -> source.jdbc().database().user(),
              "Who asks; it needs SELECT on the tables and nothing else.")
          .onlyWhere(SourceSettings.TYPE, SourceType.JDBC);
  static final Setting<SourceSpec, String> PASSWORD =
      Setting.required(
              "password",
              ValueTypes.anyText("the user's password, best as ${file:...}"),
              (SourceSpec source) -> source.jdbc().database().password(),
              "The user's password.")
          .onlyWhere(SourceSettings.TYPE, SourceType.JDBC);
  static final Setting<SourceSpec, Duration> EVERY =
      Setting.withDefault(
              "every",
              ValueTypes.duration(),
              "15m",
              (SourceSpec source) -> source.jdbc().every(),
              "The pause between two polls of a table in a continuous run.")
          .onlyWhere(SourceSettings.TYPE, SourceType.JDBC);
  static final Setting<SourceSpec, Long> CHUNK_ROWS =
      Setting.withDefault(
              "chunk-rows",
              ValueTypes.wholeNumber(100, 10_000_000),
              "100000",
              (SourceSpec source) -> source.jdbc().chunkRows(),
              "How many rows one query reads. Pieces of a table are found by walking its key, never"
                  + " by OFFSET.")
          .onlyWhere(SourceSettings.TYPE, SourceType.JDBC);
  static final Setting<SourceSpec, Long> CONNECTIONS =
      Setting.withDefault(
              "connections",
              ValueTypes.wholeNumber(1, 64),
              "4",
              (SourceSpec source) -> (long) source.jdbc().connections(),
              "How many queries run at the same time.")
          .onlyWhere(SourceSettings.TYPE, SourceType.JDBC);
  static final Setting<SourceSpec, Duration> PAUSE =
      Setting.withDefault(
              "pause",
              ValueTypes.duration(),
              "0s",
              (SourceSpec source) -> source.jdbc().pause(),
              "The pause between two rounds of queries of a table, for the database's other users.")
          .onlyWhere(SourceSettings.TYPE, SourceType.JDBC);
  static final Setting<SourceSpec, Duration> STATEMENT_TIMEOUT =
      Setting.withDefault(
              "statement-timeout",
              ValueTypes.duration(),
              "30m",
              (SourceSpec source) -> source.jdbc().statementTimeout(),
              "The longest that one query may take; 0s for no limit.")
          .onlyWhere(SourceSettings.TYPE, SourceType.JDBC);

  static final Setting<TableSpec, Optional<String>> TABLE_WATERMARK =
      Setting.optional(
          "watermark",
          ValueTypes.text("a column, or an expression in the database's SQL"),
          table -> table.poll().watermark(),
          "With `type: jdbc`: what rises whenever a row changes: a column or expression that is a"
              + " time, a date or a whole number, or `xmin` of PostgreSQL. Required there.");
  static final Setting<TableSpec, Lag> TABLE_LAG =
      Setting.withDefault(
          "lag",
          Lag.type(),
          "10m",
          table -> table.poll().lag(),
          "With `type: jdbc`: how far behind the highest watermark each poll begins again, so that"
              + " rows whose transactions committed late are seen. On PostgreSQL every poll reaches"
              + " back behind transactions that were open, too, however long they take.");
  static final Setting<TableSpec, Optional<String>> TABLE_SOFT_DELETE =
      Setting.optional(
          "soft-delete",
          PipelineTypes.column(),
          table -> table.poll().softDelete(),
          "With `type: jdbc`: the column that tells whether the source has deleted a row; it has,"
              + " unless the value is null, false or 0.");
  static final Setting<TableSpec, Optional<String>> TABLE_DELETE_LOG =
      Setting.optional(
          "delete-log",
          ValueTypes.text("a table of the source, with its schema"),
          table -> table.poll().deleteLog(),
          "With `type: jdbc`: the source's table that triggers fill with the keys of deleted rows;"
              + " it has the key's columns, and `deleted_at`. `tidemark sources triggers` prints the"
              + " SQL that makes both.");

  static final Setting<TableSpec, Duration> TABLE_SWEEP =
      Setting.withDefault(
          "sweep",
          ValueTypes.duration(),
          "1d",
          table -> table.poll().sweep(),
          "With `type: jdbc`: how often the keys of all rows are compared with silver's by hashes, so"
              + " that rows are found which the source deleted without a trace; `0s` for never.");

  static final Setting<DatabaseSpec, Optional<String>> DATABASE_URL =
      Setting.optional(
          "url",
          PipelineTypes.jdbcUrl(),
          spec -> spec.database().map(SourceDatabase::url),
          "The address of the database whose changes the pipeline reads.");
  static final Setting<DatabaseSpec, Optional<String>> DATABASE_USER =
      Setting.optional(
          "user",
          ValueTypes.text("a user who may SELECT from the tables"),
          spec -> spec.database().map(SourceDatabase::user),
          "Who asks; it needs SELECT on the tables and nothing else.");
  static final Setting<DatabaseSpec, Optional<String>> DATABASE_PASSWORD =
      Setting.optional(
          "password",
          ValueTypes.anyText("the user's password, best as ${file:...}"),
          spec -> spec.database().map(SourceDatabase::password),
          "The user's password.");

  static final List<Setting<SourceSpec, ?>> OF_SOURCE =
      List.of(URL, USER, PASSWORD, EVERY, CHUNK_ROWS, CONNECTIONS, PAUSE, STATEMENT_TIMEOUT);
  static final List<Setting<TableSpec, ?>> OF_TABLE =
      List.of(TABLE_WATERMARK, TABLE_LAG, TABLE_SOFT_DELETE, TABLE_DELETE_LOG, TABLE_SWEEP);

  private JdbcSettings() {}
}
