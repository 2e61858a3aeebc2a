package io.tidemark.core.database;

import io.tidemark.core.error.Errors;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Databases of which nothing is known but their JDBC driver and standard SQL.
 *
 * <p>They have no common hash function, and no common way to tell which transactions are open: rows
 * travel to be compared, and a table's lag is all that waits for late commits.
 *
 * @param quote what stands around names; a blank where nothing may
 * @param catalog the name of the connection's database; empty if it has none
 * @param sqlServer whether it is a SQL Server, which goes ways of its own
 */
record StandardDialect(String quote, String catalog, boolean sqlServer) implements Dialect {
  /** SQL Server's level that reads versions. (Its class SQLServerConnection) */
  private static final int SQL_SERVER_SNAPSHOT = 4096;

  static StandardDialect of(String jdbcUrl) {
    return new StandardDialect("\"", "", jdbcUrl.startsWith("jdbc:sqlserver:"));
  }

  @Override
  public Dialect seen(Connection connection) throws SQLException {
    String own = connection.getCatalog();
    String around = connection.getMetaData().getIdentifierQuoteString();
    return new StandardDialect(around, own == null ? "" : own, sqlServer);
  }

  @Override
  public Optional<String> databaseName(String jdbcUrl) {
    return catalog.isEmpty() ? Optional.empty() : Optional.of(catalog);
  }

  @Override
  public boolean numbersTransactions() {
    return false;
  }

  @Override
  public Properties properties() {
    return new Properties();
  }

  /** The view begins with the transaction's first query, between two looks at the clock. */
  @Override
  public Moment begin(Connection connection, Duration timeout) throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(isolation(connection.getMetaData()));
    try (Statement statement = connection.createStatement()) {
      limit(statement, timeout);
      long before = clock(statement);
      connection.setAutoCommit(false);
      long next = Math.max(clock(statement), before) + 1;
      return new Moment(Instant.EPOCH.plus(before, ChronoUnit.MICROS), before, next, next);
    }
  }

  /** The strongest; SQL Server's serializable readers would lock its writers out. */
  private int isolation(DatabaseMetaData metadata) throws SQLException {
    if (sqlServer) {
      return SQL_SERVER_SNAPSHOT;
    }
    for (int level :
        List.of(
            Connection.TRANSACTION_SERIALIZABLE,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_READ_COMMITTED)) {
      if (metadata.supportsTransactionIsolationLevel(level)) {
        return level;
      }
    }
    return metadata.getDefaultTransactionIsolation();
  }

  /** In microseconds since 1970; a clock that tells no zone is taken for one in UTC. */
  private long clock(Statement statement) throws SQLException {
    // SQL Server's CURRENT_TIMESTAMP has no zone.
    String sql = sqlServer ? "SELECT SYSDATETIMEOFFSET()" : "SELECT CURRENT_TIMESTAMP";
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      DatabaseType type = StandardTypes.of(row.getMetaData(), 1);
      Instant now =
          type.name().equals(StandardTypes.TIMESTAMP_WITH_ZONE)
              ? row.getObject(1, OffsetDateTime.class).toInstant()
              : row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
      return ChronoUnit.MICROS.between(Instant.EPOCH, now);
    }
  }

  @Override
  public void limit(Statement statement, Duration timeout) throws SQLException {
    if (!timeout.isZero()) {
      statement.setQueryTimeout(
          (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toSeconds())));
    }
  }

  /** Some drivers do not close a connection whose transaction has not ended. */
  @Override
  public void end(Connection connection) throws SQLException {
    connection.rollback();
  }

  @Override
  public RowTexts texts(ResultSet rows) throws SQLException {
    return new StandardTexts(rows);
  }

  @Override
  public boolean isDenied(SQLException error) {
    return "42501".equals(error.getSQLState());
  }

  @Override
  public LogPlace logPlace(Snapshot snapshot) {
    throw Errors.configuration(
        "Cannot tell the place in the log of %s: it is known for PostgreSQL and MariaDB only"
            .formatted(snapshot.database()),
        "Have the connector read the table: tidemark snapshot --table T --pipeline FILE");
  }

  @Override
  public DatabaseTable table(Snapshot snapshot, String schema, String table) {
    try {
      return catalog(snapshot).table(schema, table);
    } catch (SQLException e) {
      throw snapshot.failed("Cannot look up the table " + table, e);
    }
  }

  private JdbcCatalog catalog(Snapshot snapshot) throws SQLException {
    return new JdbcCatalog(snapshot.connection().getMetaData(), catalog.isEmpty() ? null : catalog);
  }

  @Override
  public String defaultSchema(Snapshot snapshot) {
    try {
      String schema = snapshot.connection().getSchema();
      if (schema == null) {
        throw Errors.configuration(
            "Cannot look up tables of %s without their schema: it has no default"
                .formatted(snapshot.database()),
            "Name each table with its schema: 'tables.T.source: SCHEMA.TABLE'");
      }
      return schema;
    } catch (SQLException e) {
      throw snapshot.failed("Cannot tell the default schema", e);
    }
  }

  @Override
  public DatabaseType type(ResultSetMetaData result) throws SQLException {
    return StandardTypes.of(result, 1);
  }

  @Override
  public String quote(String name) {
    return quote.isBlank() ? name : quote + name.replace(quote, quote + quote) + quote;
  }

  /** The driver gives values, see {@link StandardTexts}. */
  @Override
  public String selected(String sql, DatabaseType type) {
    return sql;
  }

  @Override
  public String parameter(DatabaseType type) {
    if (type.name().equals("binary")) {
      throw Errors.configuration(
          "Cannot compare values of the type %s: this kind of database has no common way to write"
                  .formatted(type)
              + " bytes in SQL",
          "Declare a key, or a watermark, of numbers, texts or times");
    }
    if (sqlServer && type.name().equals(StandardTypes.TIMESTAMP_WITH_ZONE)) {
      return "CAST(? + ':00' AS " + type.declared() + ")"; // It wants the minutes of an offset.
    }
    // A cast to a type without a length cuts texts in some databases.
    return type.name().equals("text") && !type.declared().contains("(")
        ? "?"
        : "CAST(? AS " + type.declared() + ")";
  }

  @Override
  public Comparison compare(Side side, List<String> values, List<String> limits) {
    return Comparison.valueByValue(side, values, limits);
  }

  /** As SQL:2008 has it, with the words that SQL Server wants besides. */
  @Override
  public String first(long rows) {
    return " OFFSET 0 ROWS FETCH NEXT " + rows + " ROWS ONLY";
  }

  /** Counted: statistics have no common place. */
  @Override
  public Query approximateRows(DatabaseTable table) {
    return new Query(table.qualified(), "SELECT count(*) FROM " + quote(table), List.of());
  }

  @Override
  public Optional<Query> rowBytes(DatabaseTable table) {
    return Optional.empty();
  }

  /** Plans have no common form, but indexes are told. */
  @Override
  public Optional<String> wholeRead(
      Snapshot snapshot, DatabaseTable table, Term order, Query query) {
    try {
      boolean indexed =
          catalog(snapshot).indexed(table).stream().map(this::quote).anyMatch(order.sql()::equals);
      return indexed
          ? Optional.empty()
          : Optional.of("no index of %s begins with %s".formatted(table.qualified(), order.sql()));
    } catch (SQLException e) {
      throw snapshot.failed("Cannot look up the indexes of " + table.qualified(), e);
    }
  }
}
