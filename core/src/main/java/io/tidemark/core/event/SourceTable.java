package io.tidemark.core.event;

import java.io.Serializable;

/**
 * A table of a source database, as the envelope's {@code source} names it.
 *
 * @param database the database's name; empty where the connector has none
 * @param schema the schema's name; empty where the connector has none
 * @param table the table's name
 */
public record SourceTable(String database, String schema, String table) implements Serializable {
  @Override
  public String toString() {
    return (database.isEmpty() ? "" : database + ".")
        + (schema.isEmpty() ? "" : schema + ".")
        + table;
  }
}
