package io.tidemark.cli.polls;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.DeleteLog;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.quality.reconcile.Comparison;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.spark.sql.SparkSession;

/** A real database whose schema {@code polls} a test fills, and lakes that are polled from it. */
final class PolledDatabase implements AutoCloseable {
  private static final String SCHEMA = "polls";

  private final SourceDatabase database;
  private final Connection connection;

  /** Connects; the schema is the test's to make. */
  PolledDatabase(SourceDatabase database) throws SQLException {
    this.database = database;
    this.connection = open();
  }

  /** A connection of its own, as another user of the database has. */
  Connection open() throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  SourceDatabase address() {
    return database;
  }

  /** Runs statements, each in a transaction of its own. */
  void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The SQL of a log of a table's deletes. */
  String deleteLog(String table) {
    try (Snapshot snapshot = database.snapshot()) {
      DatabaseTable found = snapshot.table(SCHEMA, table);
      return new DeleteLog(snapshot.dialect(), found, found.key()).sql();
    }
  }

  /** A pipeline that polls it, as {@link PolledLake} describes it. */
  PolledLake lake(SparkSession spark, Path folder, String source, String... tables) {
    return new PolledLake(spark, folder, database, SCHEMA, source, tables);
  }

  /** The lake's table has the source's rows, so many, value by value. */
  static void assertEqual(PolledLake lake, String table, long rows) {
    Comparison comparison = lake.compare(table);
    assertThat(comparison.equal()).as(comparison.summary() + comparison.examples()).isTrue();
    assertThat(comparison.counts().source()).isEqualTo(rows);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
