package io.tidemark.ingest.decode;

import io.tidemark.core.event.SourceTable;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.UnavailableValue;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the pipeline file says about decoding; travels to the executors.
 *
 * @param unavailable the source's placeholder for values it did not log
 * @param keys declared merge keys by lake table; tables without one take the event's key
 * @param columns declared column types by lake table, for events without schema block
 * @param renamed lake table by the source table it is declared for
 * @param format how keys and values are written
 */
public record DecodeSettings(
    UnavailableValue unavailable,
    Map<String, List<String>> keys,
    Map<String, Map<String, ColumnDeclaration>> columns,
    Map<String, String> renamed,
    MessageFormat format)
    implements Serializable {

  /** Keeps copies that can be serialized. */
  public DecodeSettings {
    keys = new HashMap<>(keys);
    columns = new HashMap<>(columns);
    renamed = new HashMap<>(renamed);
  }

  /** Settings for events written as JSON. */
  public DecodeSettings(
      UnavailableValue unavailable,
      Map<String, List<String>> keys,
      Map<String, Map<String, ColumnDeclaration>> columns,
      Map<String, String> renamed) {
    this(unavailable, keys, columns, renamed, MessageFormat.JSON);
  }

  /** The same with another format. */
  public DecodeSettings with(MessageFormat other) {
    return new DecodeSettings(unavailable, keys, columns, renamed, other);
  }

  /** The lake table of a source table: the declared one, else the one of the same name. */
  String lakeTable(SourceTable source) {
    String declared = renamed.get(source.toString());
    if (declared == null) {
      declared = renamed.get(source.schema() + "." + source.table());
    }
    return declared == null ? source.table() : declared;
  }

  List<String> key(String table) {
    return keys.getOrDefault(table, List.of());
  }

  Map<String, ColumnDeclaration> columns(String table) {
    return columns.getOrDefault(table, Map.of());
  }
}
