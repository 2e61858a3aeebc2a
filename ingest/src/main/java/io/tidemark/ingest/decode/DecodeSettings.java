package io.tidemark.ingest.decode;

import io.tidemark.core.event.SourceTable;
import io.tidemark.core.schema.ColumnDeclaration;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.ingest.order.OrderMaps;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the pipeline file and the lake say about decoding; travels to the executors.
 *
 * @param unavailable the source's placeholder for values it did not log
 * @param keys declared merge keys by lake table; tables without one take the event's key
 * @param columns declared column types by lake table, for events without schema block
 * @param renamed lake table by the source table it is declared for
 * @param appendOnly lake tables in which every event is a row, so that they need no key
 * @param combined lake tables that are computed from several others, and fed by no source
 * @param order what the lake knows of the order that events do not tell
 * @param format how keys and values are written
 * @param outboxes lake table by the regular expression of the topics whose outbox events it holds
 */
public record DecodeSettings(
    UnavailableValue unavailable,
    Map<String, List<String>> keys,
    Map<String, Map<String, ColumnDeclaration>> columns,
    Map<String, String> renamed,
    Set<String> appendOnly,
    Set<String> combined,
    OrderMaps order,
    MessageFormat format,
    Map<String, String> outboxes)
    implements Serializable {

  /** Settings for JSON, without tables that need no key or combine others. */
  public DecodeSettings(
      UnavailableValue unavailable,
      Map<String, List<String>> keys,
      Map<String, Map<String, ColumnDeclaration>> columns,
      Map<String, String> renamed) {
    this(unavailable, keys, columns, renamed, Set.of(), Set.of());
  }

  /** Keeps copies that can be serialized. */
  public DecodeSettings {
    keys = new HashMap<>(keys);
    columns = new HashMap<>(columns);
    renamed = new HashMap<>(renamed);
    appendOnly = new HashSet<>(appendOnly);
    combined = new HashSet<>(combined);
    outboxes = new HashMap<>(outboxes);
  }

  /** Settings for JSON and a lake that is new. */
  public DecodeSettings(
      UnavailableValue unavailable,
      Map<String, List<String>> keys,
      Map<String, Map<String, ColumnDeclaration>> columns,
      Map<String, String> renamed,
      Set<String> appendOnly,
      Set<String> combined) {
    this(
        unavailable,
        keys,
        columns,
        renamed,
        appendOnly,
        combined,
        OrderMaps.NONE,
        MessageFormat.JSON,
        Map.of());
  }

  /** The same settings with other epochs and timelines. */
  public DecodeSettings with(OrderMaps learnt) {
    return new DecodeSettings(
        unavailable, keys, columns, renamed, appendOnly, combined, learnt, format, outboxes);
  }

  /** The same with another format. */
  public DecodeSettings with(MessageFormat other) {
    return new DecodeSettings(
        unavailable, keys, columns, renamed, appendOnly, combined, order, other, outboxes);
  }

  /** The lake table of a source table: the declared one, else the one of the same name. */
  String lakeTable(SourceTable source) {
    return declaredName(source).map(renamed::get).orElse(source.table());
  }

  /**
   * What tells the table from all others: a table that is declared without its server may move to
   * another, such as a connector with another {@code topic.prefix}.
   */
  SourceTable identity(SourceTable source) {
    return declaredName(source).filter(name -> name.indexOf('/') < 0).isPresent()
        ? source.on("")
        : source;
  }

  private Optional<String> declaredName(SourceTable source) {
    return source.names().stream().filter(renamed::containsKey).findFirst();
  }

  List<String> key(String table) {
    return keys.getOrDefault(table, List.of());
  }

  Map<String, ColumnDeclaration> columns(String table) {
    return columns.getOrDefault(table, Map.of());
  }
}
