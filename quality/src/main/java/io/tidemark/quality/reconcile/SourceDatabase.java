package io.tidemark.quality.reconcile;

import io.tidemark.core.error.Errors;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;

/**
 * A PostgreSQL, MariaDB or MySQL database to compare with; the address tells which.
 *
 * @param jdbcUrl for example {@code jdbc:postgresql://host:5432/shop} or {@code
 *     jdbc:mariadb://host:3306/shop}
 * @param user needs SELECT on the tables, nothing else
 * @param password never printed
 */
public record SourceDatabase(String jdbcUrl, String user, String password) {
  /** Refuses missing parts. */
  public SourceDatabase {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /**
   * Opens a connection in one read-only transaction that sees one state of the database from its
   * first query on. All values come as text in fixed forms, whatever the server's settings are.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if it does not answer
   */
  Connection snapshot() {
    try {
      Connection connection = DriverManager.getConnection(jdbcUrl, properties());
      try {
        switch (dialect()) {
          case POSTGRESQL -> begin(connection);
          case MARIADB -> beginMariaDb(connection);
        }
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unavailable("Cannot connect to " + jdbcUrl, e);
    }
  }

  /** The kind of database. */
  Dialect dialect() {
    return Dialect.of(jdbcUrl);
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    switch (dialect()) {
      case POSTGRESQL -> {
        properties.setProperty("ApplicationName", "tidemark comparison");
        properties.setProperty("connectTimeout", "10");
        // The driver would turn binary values into text by rules of its own.
        properties.setProperty("binaryTransfer", "false");
      }
      case MARIADB -> {
        properties.setProperty("connectTimeout", "10000");
        // MariaDB's driver takes addresses of MySQL only if it is told to.
        properties.setProperty("permitMysqlScheme", "true");
      }
    }
    return properties;
  }

  private static void beginMariaDb(Connection connection) throws SQLException {
    try (Statement settings = connection.createStatement()) {
      settings.execute("SET SESSION time_zone = '+00:00'");
      settings.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      settings.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }
  }

  private static void begin(Connection connection) throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try (Statement settings = connection.createStatement()) {
      settings.execute(
          "SET LOCAL TIME ZONE 'UTC'; SET LOCAL DateStyle = 'ISO, YMD';"
              + " SET LOCAL IntervalStyle = iso_8601; SET LOCAL bytea_output = hex;"
              + " SET LOCAL extra_float_digits = 1");
    }
  }

  /** Makes the error for people of a failed query. */
  RuntimeException unavailable(String problem, SQLException cause) {
    return Errors.unavailable(
        problem + " as user '" + user + "': " + cause.getMessage(),
        "Check the database's address, and that this user may SELECT from the table",
        cause);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }
}
