package io.tidemark.core.database;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A database's catalog, as its JDBC driver tells it.
 *
 * @param metadata of a connection
 * @param catalog the name of the connection's database; null where there is none
 */
record JdbcCatalog(DatabaseMetaData metadata, String catalog) {

  /**
   * A table; names that do not fit letter by letter are looked for in the cases in which databases
   * keep names that were written without quotes.
   *
   * @return without columns if there is none
   */
  DatabaseTable table(String schema, String table) throws SQLException {
    List<DatabaseTable> spellings =
        List.of(
            named(schema, table),
            named(schema, table.toUpperCase(Locale.ROOT)),
            named(schema.toUpperCase(Locale.ROOT), table.toUpperCase(Locale.ROOT)),
            named(schema.toLowerCase(Locale.ROOT), table.toLowerCase(Locale.ROOT)));
    for (DatabaseTable spelling : spellings) {
      DatabaseTable found = found(spelling);
      if (!found.columns().isEmpty()) {
        return found;
      }
    }
    return named(schema, table);
  }

  private static DatabaseTable named(String schema, String table) {
    return new DatabaseTable(schema, table, Map.of(), List.of(), Set.of());
  }

  private DatabaseTable found(DatabaseTable name) throws SQLException {
    Map<String, DatabaseType> columns = new LinkedHashMap<>();
    Set<String> nullable = new LinkedHashSet<>();
    try (ResultSet rows =
        metadata.getColumns(catalog, pattern(name.schema()), pattern(name.name()), null)) {
      while (rows.next()) {
        if (!name.schema().equals(rows.getString("TABLE_SCHEM"))
            || !name.name().equals(rows.getString("TABLE_NAME"))) {
          continue; // Not every driver knows that a sign in a pattern may stand for itself.
        }
        String column = rows.getString("COLUMN_NAME");
        int digits = rows.getInt("DECIMAL_DIGITS");
        columns.put(
            column,
            StandardTypes.of(
                rows.getInt("DATA_TYPE"),
                rows.getString("TYPE_NAME"),
                rows.getInt("COLUMN_SIZE"),
                rows.wasNull() ? -1 : digits));
        if (!"NO".equals(rows.getString("IS_NULLABLE"))) {
          nullable.add(column);
        }
      }
    }
    return new DatabaseTable(
        name.schema(), name.name(), columns, columns.isEmpty() ? List.of() : key(name), nullable);
  }

  private String pattern(String name) throws SQLException {
    String escape = metadata.getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  private List<String> key(DatabaseTable table) throws SQLException {
    Map<Integer, String> key = new TreeMap<>();
    try (ResultSet rows = metadata.getPrimaryKeys(catalog, table.schema(), table.name())) {
      while (rows.next()) {
        key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(key.values());
  }

  /** The columns that an index begins with. */
  Set<String> indexed(DatabaseTable table) throws SQLException {
    Set<String> first = new LinkedHashSet<>();
    try (ResultSet rows =
        metadata.getIndexInfo(catalog, table.schema(), table.name(), false, true)) {
      while (rows.next()) {
        if (rows.getShort("TYPE") != DatabaseMetaData.tableIndexStatistic
            && rows.getInt("ORDINAL_POSITION") == 1) {
          first.add(rows.getString("COLUMN_NAME"));
        }
      }
    }
    return first;
  }
}
