package io.tidemark.core.database;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

/**
 * A database with a JDBC driver; the address tells which.
 *
 * @param url for example {@code jdbc:postgresql://host:5432/shop} or {@code
 *     jdbc:mariadb://host:3306/shop}
 * @param user needs SELECT on the tables, nothing else
 * @param password never printed
 */
public record SourceDatabase(String url, String user, String password) implements Serializable {
  /** Refuses missing parts. */
  public SourceDatabase {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /** A view of the database in which a statement may take as long as it wants. */
  public Snapshot snapshot() {
    return snapshot(Duration.ZERO);
  }

  /**
   * Opens a connection in one read-only transaction that sees one state of the database.
   *
   * @param timeout the longest that one statement may take; zero for no limit
   * @throws TidemarkException with exit code 2 if no driver knows the address, 4 if the database
   *     does not answer
   */
  public Snapshot snapshot(Duration timeout) {
    Driver driver = Drivers.of(url);
    try {
      Connection connection = driver.connect(url, properties());
      try {
        Dialect dialect = Dialect.of(url).seen(connection);
        return new Snapshot(this, dialect, connection, dialect.begin(connection, timeout), timeout);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unavailable("Cannot connect to " + url, e);
    }
  }

  private Properties properties() {
    Properties properties = Dialect.of(url).properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return properties;
  }

  /** Makes the error for people of a query that is wrong, or that the database does not answer. */
  TidemarkException failed(Dialect dialect, String problem, SQLException cause) {
    if (!isWrong(cause) || dialect.isDenied(cause)) {
      return unavailable(problem, cause);
    }
    return Errors.configuration(
        problem + ": " + cause.getMessage(),
        "Correct the SQL or the values in the pipeline file or on the command line");
  }

  /** By SQL's own classes of errors: syntax and unknown names, and values of another type. */
  private static boolean isWrong(SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    return state.startsWith("42") || state.startsWith("22");
  }

  /** Makes the error for people of a database that does not answer, or refuses to. */
  public TidemarkException unavailable(String problem, SQLException cause) {
    return Errors.unavailable(
        problem + " as user '" + user + "': " + cause.getMessage(),
        "Check the database's address, and that this user may SELECT from the table",
        cause);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }
}
