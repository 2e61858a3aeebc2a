package io.tidemark.core.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** What differs between databases. Texts of values have one form, whatever a server's settings. */
public sealed interface Dialect permits PostgresDialect, MariaDbDialect {
  /** The dialect of an address; PostgreSQL's unless it is one of the MySQL family. */
  static Dialect of(String jdbcUrl) {
    return jdbcUrl.startsWith("jdbc:mariadb:") || jdbcUrl.startsWith("jdbc:mysql:")
        ? new MariaDbDialect()
        : new PostgresDialect();
  }

  /** Whether a database holds schemas; else it is one. */
  boolean hasSchemas();

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

  /** A type by the name that a query's result has for it. */
  DatabaseType type(String name);

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

  /** SQL of a parameter that is given such a text and is a value of the type. */
  String parameter(DatabaseType type);

  /**
   * SQL of "these values are on that side of those" in the order of the values, the first first.
   *
   * @param values SQL of each
   * @param limits SQL of each, with one parameter in it
   */
  Comparison compare(Side side, List<String> values, List<String> limits);

  /** SQL of the texts and numbers, none of them null, one behind the other. */
  String concatenated(List<String> texts);

  /** SQL of the first 64 bits of a text's MD5, as a number with a sign. */
  String hash(String text);

  /** SQL of a whole number as one of 64 bits with a sign. */
  String number(String value);

  /** About how many rows a table has, by the database's statistics; one row with one number. */
  Query approximateRows(DatabaseTable table);

  /**
   * How many bytes a row takes on average, by the database's statistics; one row with one number.
   */
  Query rowBytes(DatabaseTable table);

  /** Whether the rows of a query's {@code EXPLAIN} say that it reads a whole table. */
  boolean readsAll(List<List<String>> plan);

  /** Where values stand, seen from a limit. */
  enum Side {
    /** Later than the limit. */
    BEHIND,
    /** The limit, or earlier. */
    UP_TO
  }

  /**
   * A condition, and which of the limits stand in it, in the order of its parameters.
   *
   * @param sql the condition
   * @param limits places in the list of limits
   */
  record Comparison(String sql, List<Integer> limits) {}
}
