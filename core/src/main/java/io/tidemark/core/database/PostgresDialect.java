package io.tidemark.core.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;

/** PostgreSQL from version 13 on. */
record PostgresDialect() implements KnownDialect {
  // A domain counts as the type it is made of.
  private static final String COLUMNS =
      """
      SELECT a.attname, t.typname, t.typtype, e.typname, e.typtype,
        format_type(t.oid, CASE declared.typtype WHEN 'd' THEN declared.typtypmod
          ELSE a.atttypmod END),
        format_type(e.oid, a.atttypmod), NOT (a.attnotnull OR declared.typnotnull)
      FROM pg_attribute a
      JOIN pg_type declared ON declared.oid = a.atttypid
      JOIN pg_type t ON t.oid =
        CASE declared.typtype WHEN 'd' THEN declared.typbasetype ELSE declared.oid END
      LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
      WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum""";
  private static final String KEY =
      """
      SELECT a.attname
      FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = to_regclass(?) AND i.indisprimary
      ORDER BY array_position(i.indkey::int2[], a.attnum)""";
  // Transactions have numbers in the order of their beginning. Those that are over: all up to the
  // last one, without those that still run. (PostgreSQL documentation: pg_current_snapshot)
  private static final String MOMENT =
      """
      SELECT (extract(epoch FROM now()) * 1000000)::bigint,
        pg_snapshot_xmax(s)::text::bigint - (SELECT count(*) FROM pg_snapshot_xip(s)),
        pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint
      FROM pg_current_snapshot() s""";

  private static final String LOG_PLACE =
      """
      SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
        ELSE pg_current_wal_insert_lsn() END - '0/0'::pg_lsn""";

  /** Permission denied for a table, schema or function. */
  private static final String DENIED = "42501";

  @Override
  public Optional<String> databaseName(String jdbcUrl) {
    return Optional.of(jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1).replaceAll("\\?.*", ""));
  }

  @Override
  public boolean isDenied(SQLException error) {
    return DENIED.equals(error.getSQLState());
  }

  @Override
  public boolean numbersTransactions() {
    return true;
  }

  @Override
  public Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "tidemark");
    properties.setProperty("connectTimeout", "10");
    // The driver would turn binary values into text by rules of its own.
    properties.setProperty("binaryTransfer", "false");
    return properties;
  }

  @Override
  public Moment begin(Connection connection, Duration timeout) throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET LOCAL TIME ZONE 'UTC'; SET LOCAL DateStyle = 'ISO, YMD';"
              + " SET LOCAL IntervalStyle = iso_8601; SET LOCAL bytea_output = hex;"
              + " SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = "
              + timeout.toMillis());
      try (ResultSet row = statement.executeQuery(MOMENT)) {
        row.next();
        return new Moment(
            Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS),
            row.getLong(2),
            row.getLong(3),
            row.getLong(4));
      }
    }
  }

  /** The place of the next change; a standby's is that of the last one it has. */
  @Override
  public LogPlace logPlace(Snapshot snapshot) {
    String place =
        snapshot.rows(new Query("the write-ahead log", LOG_PLACE, List.of())).get(0).get(0);
    return new LogPlace(Map.of("lsn", Long.valueOf(place)), snapshot.moment().clock());
  }

  @Override
  public DatabaseTable table(Snapshot snapshot, String schema, String table) {
    List<String> quoted = List.of(quote(schema) + "." + quote(table));
    Map<String, DatabaseType> columns = new LinkedHashMap<>();
    Set<String> nullable = new LinkedHashSet<>();
    for (List<String> row : snapshot.rows(new Query(table, COLUMNS, quoted))) {
      columns.put(row.get(0), type(row));
      if (row.get(7).equals("t")) {
        nullable.add(row.get(0));
      }
    }
    List<String> key =
        snapshot.rows(new Query(table, KEY, quoted)).stream().map(row -> row.get(0)).toList();
    return new DatabaseTable(schema, table, columns, key, nullable);
  }

  private static DatabaseType type(List<String> row) {
    String element = row.get(3);
    return element == null
        ? type(row.get(1), row.get(2), row.get(5))
        : DatabaseType.array(type(element, row.get(4), row.get(6)));
  }

  private static DatabaseType type(String name, String family, String declared) {
    return family.equals("e")
        ? DatabaseType.enumeration(name, declared)
        : DatabaseType.base(name, declared);
  }

  @Override
  public String defaultSchema(Snapshot snapshot) {
    return "public";
  }

  @Override
  public DatabaseType type(ResultSetMetaData result) throws SQLException {
    return DatabaseType.base(result.getColumnTypeName(1).toLowerCase(Locale.ROOT));
  }

  @Override
  public String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Money prints a currency sign, and only JSON tells hstore's nulls from texts. */
  @Override
  public String selected(String sql, DatabaseType type) {
    return switch (type.name()) {
      case "money" -> sql + "::numeric";
      case "hstore" -> "hstore_to_json(" + sql + ")";
      default -> sql;
    };
  }

  @Override
  public String parameter(DatabaseType type) {
    return "CAST(? AS " + type.declared() + ")";
  }

  /** As rows, which an index over the columns answers. */
  @Override
  public Comparison compare(Side side, List<String> values, List<String> limits) {
    String operator = side == Side.BEHIND ? " > " : " <= ";
    return new Comparison(
        "(" + String.join(", ", values) + ")" + operator + "(" + String.join(", ", limits) + ")",
        IntStream.range(0, limits.size()).boxed().toList());
  }

  @Override
  public Query approximateRows(DatabaseTable table) {
    return new Query(
        table.qualified(),
        "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = to_regclass(?)",
        List.of(quote(table)));
  }

  @Override
  public Optional<Query> rowBytes(DatabaseTable table) {
    return Optional.of(
        new Query(
            table.qualified(),
            "SELECT (pg_table_size(oid) / greatest(reltuples, 1))::bigint FROM pg_class"
                + " WHERE oid = to_regclass(?)",
            List.of(quote(table))));
  }

  @Override
  public boolean readsAll(List<List<String>> plan) {
    return plan.stream().anyMatch(line -> line.get(0).contains("Seq Scan on"));
  }

  @Override
  public String concatenated(List<String> texts) {
    return "(" + String.join(" || ", texts) + ")";
  }

  @Override
  public String hash(String text) {
    return "('x' || substr(md5(" + text + "), 1, 16))::bit(64)::bigint";
  }

  @Override
  public String number(String value) {
    return value + "::bigint";
  }
}
