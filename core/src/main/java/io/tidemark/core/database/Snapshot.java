package io.tidemark.core.database;

import io.tidemark.core.database.Dialect.RowTexts;
import io.tidemark.core.error.Errors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One state of a database, seen over one connection of its own.
 *
 * @param database whose state it is
 * @param dialect the database's
 * @param connection in a read-only transaction
 * @param moment when it was
 * @param timeout the longest that one statement may take; zero for no limit
 */
public record Snapshot(
    SourceDatabase database,
    Dialect dialect,
    Connection connection,
    Moment moment,
    Duration timeout)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);
  private static final int FETCH_ROWS = 2_000;

  /**
   * Looks a table up.
   *
   * @param schema empty for the schema of tables that are named without one
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is no such table
   */
  public DatabaseTable table(String schema, String table) {
    String within = schema.isEmpty() ? dialect.defaultSchema(this) : schema;
    DatabaseTable found = dialect.table(this, within, table);
    if (found.columns().isEmpty()) {
      throw Errors.configuration(
          "Cannot read %s.%s: the database has no such table, or hides it".formatted(within, table),
          "Check the name, and that the user has USAGE on its schema");
    }
    return found;
  }

  /**
   * Looks a table up by the name that pipeline files and change events have for it: behind a
   * server's name and a slash, or a database's and a dot, the schema and the table.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is no such table
   */
  public DatabaseTable table(String name) {
    String[] parts = name.substring(name.indexOf('/') + 1).split("\\.");
    String schema = parts.length < 2 ? "" : parts[parts.length - 2];
    return table(schema, parts[parts.length - 1]);
  }

  /** About how many rows a table has, by the database's statistics; 0 if it has none. */
  public long approximateRows(DatabaseTable table) {
    String rows = rows(dialect.approximateRows(table)).get(0).get(0);
    return rows == null ? 0 : Long.parseLong(rows);
  }

  /** About how many bytes one of its rows takes, if the database has statistics that we know. */
  public OptionalLong rowBytes(DatabaseTable table) {
    return dialect
        .rowBytes(table)
        .map(query -> OptionalLong.of(Long.parseLong(rows(query).get(0).get(0))))
        .orElseGet(OptionalLong::empty);
  }

  /**
   * Hands on every row of a query as texts, without holding them all.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the query is wrong, 4 if
   *     the database does not answer
   */
  public void forEachRow(Query query, Consumer<String[]> consumer) {
    forEachRow(query, FETCH_ROWS, consumer);
  }

  /**
   * The same, but the driver holds all rows of the answer: PostgreSQL works on a query with several
   * processes only if it may deliver all rows at once.
   */
  public void forEachHeldRow(Query query, Consumer<String[]> consumer) {
    forEachRow(query, 0, consumer);
  }

  private void forEachRow(Query query, int fetched, Consumer<String[]> consumer) {
    try (PreparedStatement statement = prepared(query, fetched);
        ResultSet rows = statement.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      RowTexts texts = dialect.texts(rows);
      while (rows.next()) {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = texts.text(i + 1);
        }
        consumer.accept(row);
      }
    } catch (SQLException e) {
      throw failed(query, e);
    }
  }

  /** The rows of a query that has few. */
  public List<List<String>> rows(Query query) {
    List<List<String>> rows = new ArrayList<>();
    forEachRow(query, row -> rows.add(Arrays.asList(row)));
    return rows;
  }

  /**
   * The statement of a query, which delivers its rows bit by bit.
   *
   * @throws SQLException if the database does not take it
   */
  public PreparedStatement prepared(Query query) throws SQLException {
    return prepared(query, FETCH_ROWS);
  }

  private PreparedStatement prepared(Query query, int fetched) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query.sql());
    try {
      statement.setFetchSize(fetched);
      dialect.limit(statement, timeout);
      for (int i = 0; i < query.parameters().size(); i++) {
        statement.setString(i + 1, query.parameters().get(i));
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** Makes the error for people of a failed query. */
  public RuntimeException failed(Query query, SQLException cause) {
    return failed("Cannot query " + query.about(), cause);
  }

  /** Makes the error for people of a look at the catalog that failed, or of a query. */
  RuntimeException failed(String problem, SQLException cause) {
    return database.failed(dialect, problem, cause);
  }

  /** Ends the transaction; nothing was written in it. */
  @Override
  public void close() {
    try (connection) {
      dialect.end(connection);
    } catch (SQLException e) {
      LOG.warn("Cannot close a connection to {}: {}", database, e.getMessage());
    }
  }
}
