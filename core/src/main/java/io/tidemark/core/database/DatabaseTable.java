package io.tidemark.core.database;

import io.tidemark.core.error.Errors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table as its database's catalog describes it.
 *
 * @param schema its schema's name; in MariaDB and MySQL its database's
 * @param name its name in that schema
 * @param columns all columns with their types, in order
 * @param key the columns of the primary key, in its order; empty if there is none
 * @param nullable the columns that may hold nulls
 */
public record DatabaseTable(
    String schema,
    String name,
    Map<String, DatabaseType> columns,
    List<String> key,
    Set<String> nullable) {
  /** Copies the collections. */
  public DatabaseTable {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    key = List.copyOf(key);
    nullable = Collections.unmodifiableSet(new LinkedHashSet<>(nullable));
  }

  /** Schema and name, as people write them. */
  public String qualified() {
    return schema + "." + name;
  }

  /** The same table without the columns that have none of these names. */
  public DatabaseTable only(List<String> names) {
    Map<String, DatabaseType> kept = new LinkedHashMap<>(columns);
    kept.keySet().retainAll(names);
    return new DatabaseTable(schema, name, kept, key, nullable);
  }

  /**
   * The type of a column.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is no such column
   */
  public DatabaseType type(String column) {
    DatabaseType type = columns.get(column);
    if (type == null) {
      throw Errors.configuration(
          "Cannot read %s: it has no column '%s', but %s"
              .formatted(qualified(), column, columns.keySet()),
          "Correct the column's name in the pipeline file");
    }
    return type;
  }

  /**
   * Makes sure that there are some columns.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if one is missing
   */
  public void require(List<String> names) {
    names.forEach(this::type);
  }
}
