package io.tidemark.quality.reconcile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks tables of MariaDB and MySQL up.
 *
 * @param connection as {@link SourceDatabase#snapshot} opens it
 * @param database the database's name
 * @param table its name in the database
 */
record MariaDbCatalog(Connection connection, String database, String table) {
  // MariaDB's JSON is a text with a check.
  private static final String COLUMNS =
      """
      SELECT column_name, data_type FROM information_schema.columns
      WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position""";

  private static final String KEY =
      """
      SELECT column_name, '' FROM information_schema.key_column_usage
      WHERE table_schema = ? AND table_name = ? AND constraint_name = 'PRIMARY'
      ORDER BY ordinal_position""";

  Map<String, PgType> columns() throws SQLException {
    Map<String, PgType> columns = new LinkedHashMap<>();
    for (String[] row : query(COLUMNS)) {
      columns.put(row[0], PgType.mariadb(row[1]));
    }
    return columns;
  }

  List<String> key() throws SQLException {
    return query(KEY).stream().map(row -> row[0]).toList();
  }

  private List<String[]> query(String sql) throws SQLException {
    List<String[]> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(new String[] {rows.getString(1), rows.getString(2)});
        }
      }
    }
    return found;
  }
}
