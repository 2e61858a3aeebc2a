package io.tidemark.core.event;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of a source database, as the envelope's {@code source} names it.
 *
 * @param server the connector's name for its source ({@code topic.prefix}); empty if unknown
 * @param database the database's name; empty where the connector has none
 * @param schema the schema's name; empty where the connector has none
 * @param table the table's name
 */
public record SourceTable(String server, String database, String schema, String table)
    implements Serializable {

  /** A table of an unknown server. */
  public SourceTable(String database, String schema, String table) {
    this("", database, schema, table);
  }

  /** The same table on a server. */
  public SourceTable on(String name) {
    return new SourceTable(name, database, schema, table);
  }

  /** The name with the server's in front: {@code server/database.schema.table}. */
  public String qualified() {
    return server.isEmpty() ? toString() : server + "/" + this;
  }

  /** The names that a pipeline file may use for it, the most exact first. */
  public List<String> names() {
    String local = schema.isEmpty() ? toString() : schema + "." + table;
    return Stream.of(qualified(), server + "/" + local, toString(), local).distinct().toList();
  }

  @Override
  public String toString() {
    return (database.isEmpty() ? "" : database + ".")
        + (schema.isEmpty() ? "" : schema + ".")
        + table;
  }
}
