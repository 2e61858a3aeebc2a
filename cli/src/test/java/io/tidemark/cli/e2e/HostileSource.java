package io.tidemark.cli.e2e;

import io.tidemark.core.database.SourceDatabase;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.StateFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;

/**
 * A database that makes life hard: what differs between products stands in the subclasses. Tables:
 * {@code items} with many rows, {@code hot} with one that changes all the time, {@code emptied},
 * and {@code marks}, whose newest row tells that everything before it was written.
 */
abstract class HostileSource implements AutoCloseable {
  /** The tables whose rows are compared. */
  static final String[] TABLES = {"items", "hot", "emptied", "marks"};

  private static final int KEYS = 5_000;

  private Connection connection;

  /** The source's name in topics and messages. */
  abstract String name();

  /** The topic of the marks. */
  abstract String marksTopic();

  /** The schema or database of its tables. */
  abstract String namespace();

  abstract String jdbcUrl(SandboxAddresses sandbox);

  /** The statements that make the tables. */
  abstract String[] schema();

  /** The settings of its connector. */
  abstract Map<String, String> connector(SandboxAddresses sandbox);

  /** The statement that inserts so many rows into {@code items} in one transaction. */
  abstract String bulkInsert(long rows);

  /** The statement that widens {@code items.n}. */
  abstract String widen();

  /** Where its server writes its process id. */
  abstract Path pidFile(StateFolder sandbox);

  abstract SourceDatabase database(SandboxAddresses sandbox);

  /** Forgets the log that the connector has not read yet; fails while the connector is there. */
  abstract void dropLog() throws SQLException;

  /** Whether there still is such a log. */
  abstract boolean hasLog() throws SQLException;

  /**
   * Whether its connector takes a new snapshot by itself when its log is gone; else it fails, and
   * waits for an operator.
   */
  abstract boolean findsLostLog();

  void open(SandboxAddresses sandbox) throws SQLException {
    close();
    connection = DriverManager.getConnection(jdbcUrl(sandbox));
    for (String statement : session()) {
      execute(statement);
    }
  }

  /** What a session needs before its first statement. */
  String[] session() {
    return new String[0];
  }

  void create() throws SQLException {
    for (String statement : schema()) {
      execute(statement);
    }
    execute("INSERT INTO hot (id, n) VALUES (1, 0)");
    fillEmptied();
  }

  void fillEmptied() throws SQLException {
    for (int i = 0; i < 200; i++) {
      execute("INSERT INTO emptied (id, name) VALUES (%d, 'row %d')".formatted(i, i));
    }
  }

  void truncate() throws SQLException {
    execute("TRUNCATE TABLE emptied");
  }

  void hot() throws SQLException {
    execute("UPDATE hot SET n = n + 1 WHERE id = 1");
  }

  /** One random change of a random row. */
  void step(Random random) throws SQLException {
    int id = Math.min(random.nextInt(KEYS), random.nextInt(KEYS));
    switch (random.nextInt(6)) {
      case 0 -> execute("DELETE FROM items WHERE id = " + id);
        // A value that the source logs under neither key cannot be told: so the large one moves,
        // too.
      case 1 -> execute("UPDATE items SET id = id + 1000000000, body = 'moved' WHERE id = " + id);
      case 2 -> execute("UPDATE items SET n = n + 1 WHERE id = " + id);
      case 3 -> body(id, random.nextInt());
      default -> insert(id, random.nextInt(1000));
    }
  }

  private void insert(int id, int n) throws SQLException {
    if (number("SELECT count(*) FROM items WHERE id = " + id) == 0) {
      execute(
          "INSERT INTO items (id, n, amount, body) VALUES (%d, %d, %d.25, '%s')"
              .formatted(id, n, n, "start of body ".repeat(300) + id));
    }
  }

  private void body(int id, int text) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE items SET body = ? WHERE id = ?")) {
      update.setString(1, (text + " it's \"quoted\" äöü 🐚 ").repeat(200));
      update.setInt(2, id);
      update.executeUpdate();
    }
  }

  /** Nulls in a column with a default, which is not what they are. */
  void clearNotes() throws SQLException {
    execute("UPDATE items SET note = NULL WHERE id % 3 = 0 AND id < " + KEYS);
  }

  /** Changes that a snapshot must find: many rows, some keys, and all kinds. */
  void changeMuch() throws SQLException {
    execute("DELETE FROM items WHERE id > 2000000000 AND id % 10 <> 0");
    execute("UPDATE items SET n = -1 WHERE id % 7 = 0");
    execute("DELETE FROM emptied WHERE id < 50");
  }

  void addColumn() throws SQLException {
    execute("ALTER TABLE items ADD COLUMN note varchar(100) DEFAULT 'none'");
  }

  /** Writes the next mark; returns it. */
  long mark() throws SQLException {
    long mark = number("SELECT coalesce(max(id), 0) + 1 FROM marks");
    execute("INSERT INTO marks (id) VALUES (" + mark + ")");
    return mark;
  }

  long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** How many rows a statement gives. */
  long count(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      long rows = 0;
      while (row.next()) {
        rows++;
      }
      return rows;
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }
}
