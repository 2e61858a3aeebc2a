package io.tidemark.quality.reconcile;

import io.tidemark.core.error.Errors;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;

/**
 * A PostgreSQL database to compare with.
 *
 * @param jdbcUrl for example {@code jdbc:postgresql://host:5432/shop}
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
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "tidemark comparison");
    properties.setProperty("connectTimeout", "10");
    // The driver would turn binary values into text by rules of its own.
    properties.setProperty("binaryTransfer", "false");
    try {
      Connection connection = DriverManager.getConnection(jdbcUrl, properties);
      try {
        begin(connection);
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unavailable("Cannot connect to " + jdbcUrl, e);
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
