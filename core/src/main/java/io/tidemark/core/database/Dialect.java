package io.tidemark.core.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What differs between databases. Texts of values have one form, whatever a server's settings. */
public sealed interface Dialect permits KnownDialect, StandardDialect {
  /**
   * The dialect of an address: standard SQL, unless it is a PostgreSQL or one of the MySQL family.
   */
  static Dialect of(String jdbcUrl) {
    if (jdbcUrl.startsWith("jdbc:postgresql:")) {
      return new PostgresDialect();
    }
    return jdbcUrl.startsWith("jdbc:mariadb:") || jdbcUrl.startsWith("jdbc:mysql:")
        ? new MariaDbDialect()
        : StandardDialect.of(jdbcUrl);
  }

  /** The same with what only a connection tells. */
  default Dialect seen(Connection connection) throws SQLException {
    return this;
  }

  /**
   * The name of the database that holds a table's schema; empty where a schema is a database.
   *
   * @param jdbcUrl its address
   */
  Optional<String> databaseName(String jdbcUrl);

  /** Whether each row tells the number of the transaction that wrote it, in {@code xmin}. */
  boolean numbersTransactions();

  /** What the driver needs besides user and password. */
  Properties properties();

  /**
   * Begins a read-only transaction that sees one state of the database.
   *
   * @param timeout the longest that one statement may take; zero for no limit
   * @return when that state was, by the database's own clock and count
   */
  Moment begin(Connection connection, Duration timeout) throws SQLException;

  /** Limits a statement, where {@link #begin} did not limit all that follow. */
  default void limit(Statement statement, Duration timeout) throws SQLException {}

  /** Ends the transaction, where closing its connection does not. */
  default void end(Connection connection) throws SQLException {}

  /** How the values of a result are read as texts. */
  default RowTexts texts(ResultSet rows) throws SQLException {
    return rows::getString;
  }

  /** Whether an error says that the user may not do something. */
  boolean isDenied(SQLException error);

  /**
   * Where the log stands: as the view sees it, or, where transactions have numbers, now; then views
   * hold all of it once every transaction that has begun by now is over.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the database keeps no log
   *     that tells places
   */
  LogPlace logPlace(Snapshot snapshot);

  /** A table of the catalog; without columns if there is none, or it is hidden from the user. */
  DatabaseTable table(Snapshot snapshot, String schema, String table);

  /** The schema of tables that are named without one. */
  String defaultSchema(Snapshot snapshot);

  /** The type of the first column of a query's result. */
  DatabaseType type(ResultSetMetaData result) throws SQLException;

  /** A name as it stands in SQL. */
  String quote(String name);

  /** Schema and name as they stand in SQL. */
  default String quote(DatabaseTable table) {
    return quote(table.schema()) + "." + quote(table.name());
  }

  /**
   * SQL of a value as text in a fixed form.
   *
   * @param sql the value: a quoted column or an expression
   */
  String selected(String sql, DatabaseType type);

  /**
   * SQL of a parameter that is given such a text and is a value of the type.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is none
   */
  String parameter(DatabaseType type);

  /**
   * SQL of "these values are on that side of those" in the order of the values, the first first.
   *
   * @param values SQL of each
   * @param limits SQL of each, with one parameter in it
   */
  Comparison compare(Side side, List<String> values, List<String> limits);

  /** SQL behind an order that keeps the first so many rows of it. */
  default String first(long rows) {
    return " LIMIT " + rows;
  }

  /** About how many rows a table has, by the database's statistics; one row with one number. */
  Query approximateRows(DatabaseTable table);

  /**
   * How many bytes a row takes on average, by the database's statistics: one row with one number;
   * empty if it keeps none that we know.
   */
  Optional<Query> rowBytes(DatabaseTable table);

  /**
   * How the database would answer a query, if it would read the whole table for it.
   *
   * @param order what the query's rows are ordered by first, and begin at
   */
  Optional<String> wholeRead(Snapshot snapshot, DatabaseTable table, Term order, Query query);

  /** Reads the values of a result's current row as texts. */
  interface RowTexts {
    /** The text of a column, counted from 1; null for a null. */
    String text(int column) throws SQLException;
  }

  /** Where values stand, seen from a limit. */
  enum Side {
    /** Later than the limit. */
    BEHIND,
    /** The limit, or earlier. */
    UP_TO
  }
}
