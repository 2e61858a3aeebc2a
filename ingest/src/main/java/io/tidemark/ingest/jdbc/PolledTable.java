package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.Chunk;
import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.DatabaseType;
import io.tidemark.core.database.DeleteLog;
import io.tidemark.core.database.Dialect;
import io.tidemark.core.database.KeysetSql;
import io.tidemark.core.database.KeysetSql.Filter;
import io.tidemark.core.database.Query;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.Term;
import io.tidemark.core.error.Errors;
import io.tidemark.core.spec.PollSpec;
import io.tidemark.core.spec.TableSpec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table as the pipeline file and the database together describe it.
 *
 * @param spec what the file says
 * @param table what the database's catalog says
 * @param key the columns that tell rows apart
 * @param watermark what rises when a row changes; empty for the number of the transaction
 * @param deleteLog the table with the keys of deleted rows, if there is one
 */
record PolledTable(
    TableSpec spec,
    Dialect dialect,
    DatabaseTable table,
    List<String> key,
    Optional<Watermark> watermark,
    Optional<DatabaseTable> deleteLog) {
  private static final long TRANSACTION_NUMBERS = 1L << 32;

  /**
   * Looks a table up.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if it cannot be polled as the
   *     file says
   */
  static PolledTable of(TableSpec spec, Snapshot snapshot) {
    DatabaseTable table = snapshot.table(spec.source().orElse(spec.name()));
    Dialect dialect = snapshot.dialect();
    PolledTable bare =
        new PolledTable(spec, dialect, table, key(spec, table), Optional.empty(), Optional.empty());
    bare.key.forEach(column -> dialect.parameter(table.type(column)));
    return new PolledTable(
        spec,
        dialect,
        table,
        bare.key,
        bare.watermark(snapshot),
        spec.poll().deleteLog().map(name -> bare.deleteLog(name, snapshot)));
  }

  private static List<String> key(TableSpec spec, DatabaseTable table) {
    List<String> key = spec.key().isEmpty() ? table.key() : spec.key();
    if (key.isEmpty()) {
      throw Errors.configuration(
          "Cannot poll table '%s': %s has no primary key".formatted(spec.name(), table.qualified()),
          "Declare columns that tell its rows apart: 'tables.%s.key: [...]'"
              .formatted(spec.name()));
    }
    table.require(key);
    for (String column : key) {
      if (table.nullable().contains(column)) {
        throw Errors.configuration(
            "Cannot poll table '%s': its key column '%s' may be null, and such rows have no key"
                .formatted(spec.name(), column),
            "Make the column NOT NULL in the source, or declare another key");
      }
    }
    return key;
  }

  private Optional<Watermark> watermark(Snapshot snapshot) {
    String written = spec.poll().watermark().orElseThrow();
    DatabaseType column = table.columns().get(written);
    if (column != null) {
      return Optional.of(
          Watermark.of(spec.name(), written, new Term(dialect.quote(written), column)));
    }
    if (written.equals(PollSpec.XMIN) && dialect.numbersTransactions()) {
      return Optional.empty();
    }
    return Optional.of(
        Watermark.of(spec.name(), written, new Term("(" + written + ")", type(written, snapshot))));
  }

  /** The type of an expression over a row. */
  private DatabaseType type(String expression, Snapshot snapshot) {
    Query query =
        new Query(
            table.qualified(),
            "SELECT (%s) FROM %s WHERE 1 = 0".formatted(expression, dialect.quote(table)),
            List.of());
    try (var statement = snapshot.prepared(query);
        var rows = statement.executeQuery()) {
      return dialect.type(rows.getMetaData());
    } catch (SQLException e) {
      throw Errors.configuration(
          "Cannot poll table '%s': its watermark '%s' is no column of %s, and no expression: %s"
              .formatted(spec.name(), expression, table.qualified(), e.getMessage()),
          "Take one of its columns %s, or an expression over them"
              .formatted(table.columns().keySet()));
    }
  }

  private DatabaseTable deleteLog(String name, Snapshot snapshot) {
    DatabaseTable log = snapshot.table(name);
    List<String> needed = new ArrayList<>(key);
    needed.add(DeleteLog.DELETED_AT);
    log.require(needed);
    return log;
  }

  /** The columns of a change row, as the table has them. */
  List<String> columns() {
    return List.copyOf(table.columns().keySet());
  }

  /** All rows in the order of the key. */
  KeysetSql byKey() {
    return new KeysetSql(dialect, table, keyTerms(), List.of());
  }

  /** The rows from a watermark on, in its order; rows that share one stand in that of the key. */
  KeysetSql byWatermark(OptionalLong low) {
    Watermark mark = watermark.orElseThrow();
    List<Term> order = new ArrayList<>(List.of(mark.term()));
    order.addAll(keyTerms());
    List<Filter> filters = new ArrayList<>();
    filters.add(new Filter(mark.sql() + " IS NOT NULL", List.of()));
    low.ifPresent(
        from ->
            filters.add(
                new Filter(
                    mark.sql() + " >= " + dialect.parameter(mark.type()),
                    List.of(mark.text(from)))));
    return new KeysetSql(dialect, table, order, filters);
  }

  /** The rows that transactions from a number on wrote; PostgreSQL has no order of them. */
  KeysetSql byTransaction(long oldest) {
    String number = Long.toString(Math.floorMod(oldest, TRANSACTION_NUMBERS));
    return new KeysetSql(
        dialect,
        table,
        List.of(),
        List.of(new Filter("age(xmin) <= age(CAST(? AS xid))", List.of(number))));
  }

  /** The rows of a piece with all columns, and behind them the watermark. */
  Query rows(KeysetSql sql, Chunk chunk) {
    return sql.rows(columns(), watermark.map(Watermark::term).stream().toList(), chunk);
  }

  /**
   * Whose rows they are; the table by the name that the file has for it, in the file's case.
   *
   * @param url of the database
   */
  RowSource source(String url) {
    String name = spec.source().orElse(spec.name());
    String[] parts = name.substring(name.indexOf('/') + 1).split("\\.");
    String schema = parts.length < 2 ? table.schema() : parts[parts.length - 2];
    return RowSource.polled(dialect.databaseName(url).orElse(""), schema, parts[parts.length - 1]);
  }

  private List<Term> keyTerms() {
    return key.stream().map(c -> new Term(dialect.quote(c), table.type(c))).toList();
  }

  /** The highest watermark; a row with null if the table has none. */
  Query highest() {
    Watermark mark = watermark.orElseThrow();
    return new Query(
        table.qualified(),
        "SELECT %s FROM (SELECT max(%s) AS h FROM %s) m"
            .formatted(dialect.selected("h", mark.type()), mark.sql(), dialect.quote(table)),
        List.of());
  }

  /** How many rows have no watermark. */
  Query withoutWatermark() {
    return new Query(
        table.qualified(),
        "SELECT count(*) FROM %s WHERE %s IS NULL"
            .formatted(dialect.quote(table), watermark.orElseThrow().sql()),
        List.of());
  }

  /** The keys of rows that were deleted from a time on and are not there; without other values. */
  Query deleted(long fromMicros) {
    DatabaseTable log = deleteLog.orElseThrow();
    Watermark time =
        Watermark.of(
            spec.name(),
            DeleteLog.DELETED_AT,
            new Term("l." + dialect.quote(DeleteLog.DELETED_AT), log.type(DeleteLog.DELETED_AT)));
    List<String> selected = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (String column : columns()) {
      String quoted = dialect.quote(column);
      if (key.contains(column)) {
        selected.add(dialect.selected("l." + quoted, table.type(column)));
        same.add("t." + quoted + " = l." + quoted);
      } else {
        selected.add("NULL");
      }
    }
    return new Query(
        log.qualified(),
        "SELECT DISTINCT %s FROM %s l WHERE %s >= %s AND NOT EXISTS (SELECT 1 FROM %s t WHERE %s)"
            .formatted(
                String.join(", ", selected),
                dialect.quote(log),
                time.sql(),
                dialect.parameter(time.type()),
                dialect.quote(table),
                String.join(" AND ", same)),
        List.of(time.text(fromMicros)));
  }
}
