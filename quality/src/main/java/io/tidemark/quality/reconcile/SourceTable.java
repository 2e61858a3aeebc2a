package io.tidemark.quality.reconcile;

import io.tidemark.core.error.Errors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A source's table within one transaction.
 *
 * @param dialect of its database
 * @param connection as {@link SourceDatabase#snapshot} opens it
 * @param schema its schema's name
 * @param table its name in that schema
 * @param columns all columns with their types, in order
 * @param key the columns of the primary key, in its order
 */
record SourceTable(
    Dialect dialect,
    Connection connection,
    String schema,
    String table,
    Map<String, PgType> columns,
    List<String> key) {
  private static final int FETCH_ROWS = 2_000;

  // A domain counts as the type it is made of.
  private static final String COLUMNS =
      """
      SELECT a.attname, t.typname, t.typtype, e.typname, e.typtype
      FROM pg_attribute a
      JOIN pg_type declared ON declared.oid = a.atttypid
      JOIN pg_type t ON t.oid =
        CASE declared.typtype WHEN 'd' THEN declared.typbasetype ELSE declared.oid END
      LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
      WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum""";

  private static final String KEY =
      """
      SELECT a.attname
      FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = to_regclass(?) AND i.indisprimary
      ORDER BY array_position(i.indkey::int2[], a.attnum)""";

  /**
   * Looks a table up.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is no such table, or
   *     if it has no primary key
   */
  static SourceTable find(Dialect dialect, Connection connection, String schema, String table)
      throws SQLException {
    Map<String, PgType> columns = new LinkedHashMap<>();
    List<String> key = new ArrayList<>();
    switch (dialect) {
      case POSTGRESQL -> {
        String quoted = dialect.quote(schema) + "." + dialect.quote(table);
        query(connection, COLUMNS, quoted, row -> columns.put(row.getString(1), type(row)));
        query(connection, KEY, quoted, row -> key.add(row.getString(1)));
      }
      case MARIADB -> {
        MariaDbCatalog catalog = new MariaDbCatalog(connection, schema, table);
        columns.putAll(catalog.columns());
        key.addAll(catalog.key());
      }
    }
    return known(new SourceTable(dialect, connection, schema, table, columns, key));
  }

  private static SourceTable known(SourceTable table) {
    String name = table.name();
    if (table.columns.isEmpty()) {
      throw Errors.configuration(
          "Cannot compare %s: the database has no such table, or hides it".formatted(name),
          "Check the name, and that the user has USAGE on its schema");
    }
    if (table.key.isEmpty()) {
      throw Errors.configuration(
          "Cannot compare %s: it has no primary key, so rows cannot be matched".formatted(name),
          "Add a primary key, or leave the table out");
    }
    return table;
  }

  /** Schema and table, as people write it. */
  String name() {
    return schema + "." + table;
  }

  private static PgType type(ResultSet row) throws SQLException {
    String element = row.getString(4);
    return element == null
        ? type(row.getString(2), row.getString(3))
        : PgType.array(type(element, row.getString(5)));
  }

  private static PgType type(String name, String family) {
    return family.equals("e") ? PgType.enumeration(name) : PgType.base(name);
  }

  /** Hands on every row as the texts of some columns, in the order of the key. */
  void forEachRow(List<String> selected, Consumer<String[]> row) throws SQLException {
    String sql =
        selected.stream().map(this::selected).collect(Collectors.joining(", ", "SELECT ", " FROM "))
            + dialect.quote(schema)
            + "."
            + dialect.quote(table)
            + key.stream().map(dialect::quote).collect(Collectors.joining(", ", " ORDER BY ", ""));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String[] texts = new String[selected.size()];
          for (int i = 0; i < texts.length; i++) {
            texts[i] = rows.getString(i + 1);
          }
          row.accept(texts);
        }
      }
    }
  }

  private String selected(String column) {
    return dialect.selected(column, columns.get(column));
  }

  private static void query(Connection connection, String sql, String table, RowReader reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }
}
