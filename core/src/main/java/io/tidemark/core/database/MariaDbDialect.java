package io.tidemark.core.database;

import io.tidemark.core.error.Errors;
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

/** MariaDB, and MySQL, with tables of InnoDB. */
record MariaDbDialect() implements KnownDialect {
  // MariaDB's JSON is a text with a check.
  private static final String COLUMNS =
      """
      SELECT column_name, data_type, column_type, is_nullable FROM information_schema.columns
      WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position""";
  private static final String KEY =
      """
      SELECT column_name FROM information_schema.key_column_usage
      WHERE table_schema = ? AND table_name = ? AND constraint_name = 'PRIMARY'
      ORDER BY ordinal_position""";
  private static final String CLOCK = "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)";
  // Whole seconds, rounded down: earlier than it was, which is safe.
  private static final String OLDEST =
      "SELECT CAST(UNIX_TIMESTAMP(MIN(trx_started)) * 1000000 AS SIGNED)"
          + " FROM information_schema.innodb_trx WHERE trx_is_read_only = 0";

  /** Two rows: the file's name, then the place in it. (MariaDB documentation: mariadb-dump) */
  private static final String SNAPSHOT_PLACE =
      "SHOW STATUS WHERE Variable_name IN ('Binlog_snapshot_file', 'Binlog_snapshot_position')";

  /** The user may not use PROCESS. */
  private static final int ACCESS_DENIED = 1227;

  /** Of all refusals with the SQL state 42000 the one that is none. */
  private static final int SYNTAX = 1064;

  /** A schema is a database. */
  @Override
  public Optional<String> databaseName(String jdbcUrl) {
    return Optional.empty();
  }

  @Override
  public boolean isDenied(SQLException error) {
    return "42000".equals(error.getSQLState()) && error.getErrorCode() != SYNTAX;
  }

  @Override
  public boolean numbersTransactions() {
    return false;
  }

  @Override
  public Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "10000");
    // MariaDB's driver takes addresses of MySQL only if it is told to.
    properties.setProperty("permitMysqlScheme", "true");
    return properties;
  }

  /**
   * The view begins between two looks at the clock. Which transactions run is told only to users
   * with the privilege PROCESS; for others a table's lag is all that waits for late commits.
   */
  @Override
  public Moment begin(Connection connection, Duration timeout) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION time_zone = '+00:00'");
      statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      limit(connection, statement, timeout);
      long clock = number(statement, CLOCK, 0);
      long oldest = oldestOpen(statement);
      statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
      long next = number(statement, CLOCK, clock) + 1;
      // What begins after the clock was read has watermarks behind it, and needs no waiting for.
      return new Moment(
          Instant.EPOCH.plus(clock, ChronoUnit.MICROS),
          clock,
          oldest < clock ? oldest : next,
          next);
    }
  }

  private static void limit(Connection connection, Statement statement, Duration timeout)
      throws SQLException {
    if (timeout.isZero()) {
      return;
    }
    boolean mysql = connection.getMetaData().getDatabaseProductName().contains("MySQL");
    statement.execute(
        mysql
            ? "SET SESSION max_execution_time = " + timeout.toMillis()
            : "SET SESSION max_statement_time = " + timeout.toMillis() / 1000.0);
  }

  private static long oldestOpen(Statement statement) throws SQLException {
    try {
      return number(statement, OLDEST, Long.MAX_VALUE);
    } catch (SQLException e) {
      if (e.getErrorCode() == ACCESS_DENIED) {
        return Long.MAX_VALUE; // Nobody says, so nothing is waited for.
      }
      throw e;
    }
  }

  private static long number(Statement statement, String sql, long otherwise) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      long number = row.getLong(1);
      return row.wasNull() ? otherwise : number;
    }
  }

  /** MariaDB tells the place of a consistent snapshot; MySQL does not. */
  @Override
  public LogPlace logPlace(Snapshot snapshot) {
    List<List<String>> status =
        snapshot.rows(new Query("the binary log", SNAPSHOT_PLACE, List.of()));
    String file = status.size() < 2 ? "" : status.get(0).get(1);
    if (file.isEmpty()) {
      throw Errors.configuration(
          "Cannot tell the place in the binary log of what " + snapshot.database() + " shows",
          "Turn its binary log on (MySQL cannot tell it at all); or have the connector read the"
              + " table: tidemark snapshot --table T --pipeline FILE");
    }
    String position = status.get(1).get(1);
    String gtid =
        snapshot
            .rows(
                new Query(
                    "the binary log",
                    "SELECT BINLOG_GTID_POS(?, CAST(? AS UNSIGNED))",
                    List.of(file, position)))
            .get(0)
            .get(0);
    if (gtid == null || gtid.isEmpty() || gtid.contains(",")) {
      throw Errors.configuration(
          "Cannot order rows of %s among its changes: at %s:%s its GTID is '%s'"
              .formatted(snapshot.database(), file, position, gtid),
          "One domain is needed; or have the connector read the table:"
              + " tidemark snapshot --table T --pipeline FILE");
    }
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("gtid", gtid);
    place.put("file", file);
    place.put("pos", Long.valueOf(position));
    place.put("row", 0L);
    return new LogPlace(place, snapshot.moment().clock());
  }

  @Override
  public DatabaseTable table(Snapshot snapshot, String schema, String table) {
    List<String> name = List.of(schema, table);
    Map<String, DatabaseType> columns = new LinkedHashMap<>();
    Set<String> nullable = new LinkedHashSet<>();
    for (List<String> row : snapshot.rows(new Query(table, COLUMNS, name))) {
      columns.put(row.get(0), DatabaseType.mariadb(row.get(1), row.get(2)));
      if (row.get(3).equals("YES")) {
        nullable.add(row.get(0));
      }
    }
    List<String> key =
        snapshot.rows(new Query(table, KEY, name)).stream().map(row -> row.get(0)).toList();
    return new DatabaseTable(schema, table, columns, key, nullable);
  }

  @Override
  public String defaultSchema(Snapshot snapshot) {
    return snapshot.rows(new Query("the database", "SELECT DATABASE()", List.of())).get(0).get(0);
  }

  @Override
  public DatabaseType type(ResultSetMetaData result) throws SQLException {
    return DatabaseType.mariadb(result.getColumnTypeName(1).toLowerCase(Locale.ROOT));
  }

  @Override
  public String quote(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  @Override
  public String selected(String sql, DatabaseType type) {
    return switch (type.name()) {
      case "bit" -> "CAST(" + sql + " AS UNSIGNED)";
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" ->
          "HEX(" + sql + ")";
        // A float prints six digits only.
      case "float" -> "CAST(" + sql + " AS DOUBLE)";
      case "date", "datetime", "timestamp", "time", "year" -> "CAST(" + sql + " AS CHAR)";
      default -> sql;
    };
  }

  /** A text beside a number would be compared as a double, which 2^53 + 1 is not. */
  @Override
  public String parameter(DatabaseType type) {
    return switch (type.name()) {
      case "tinyint", "smallint", "mediumint", "int", "bigint" ->
          type.isUnsigned() ? "CAST(? AS UNSIGNED)" : "CAST(? AS SIGNED)";
      case "bit", "year" -> "CAST(? AS UNSIGNED)";
      case "decimal" -> "CAST(? AS DECIMAL(65," + type.scale() + "))";
      case "float", "double" -> "CAST(? AS DOUBLE)";
      case "date" -> "CAST(? AS DATE)";
      case "datetime", "timestamp" -> "CAST(? AS DATETIME(6))";
      case "time" -> "CAST(? AS TIME(6))";
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> "UNHEX(?)";
      default -> "?";
    };
  }

  /** Value by value: indexes answer that, but not a comparison of rows. */
  @Override
  public Comparison compare(Side side, List<String> values, List<String> limits) {
    return Comparison.valueByValue(side, values, limits);
  }

  @Override
  public Query approximateRows(DatabaseTable table) {
    return new Query(
        table.qualified(),
        "SELECT table_rows FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
        List.of(table.schema(), table.name()));
  }

  @Override
  public Optional<Query> rowBytes(DatabaseTable table) {
    return Optional.of(
        new Query(
            table.qualified(),
            "SELECT coalesce(avg_row_length, 0) FROM information_schema.tables"
                + " WHERE table_schema = ? AND table_name = ?",
            List.of(table.schema(), table.name())));
  }

  /** The third column is the table, the fourth or fifth (MySQL's partitions) how it is read. */
  @Override
  public boolean readsAll(List<List<String>> plan) {
    return plan.stream()
        .filter(line -> line.get(2) != null && !line.get(2).startsWith("<"))
        .anyMatch(line -> "ALL".equals(line.get(3)) || "ALL".equals(line.get(4)));
  }

  @Override
  public String concatenated(List<String> texts) {
    return "CONCAT(" + String.join(", ", texts) + ")";
  }

  @Override
  public String hash(String text) {
    return "CAST(CAST(CONV(SUBSTR(MD5(" + text + "), 1, 16), 16, 10) AS UNSIGNED) AS SIGNED)";
  }

  @Override
  public String number(String value) {
    return "CAST(" + value + " AS SIGNED)";
  }
}
