package io.tidemark.proof;

import io.tidemark.core.lake.SilverColumns;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the lake must hold of a table, as text by column: the oracle's word. */
final class Expectation {
  private final TableDelivery delivery;
  private final TableLife life;
  private final Map<String, Map<String, String>> silver = new TreeMap<>();
  private final Set<String> unresolved = new TreeSet<>();
  private final Set<String> everUnresolved = new TreeSet<>();
  private final Map<String, Key> keys = new TreeMap<>();

  Expectation(TableDelivery delivery) {
    this.delivery = delivery;
    this.life = delivery.life();
    delivery
        .logs()
        .values()
        .forEach(
            log -> {
              Oracle oracle = Oracle.of(life, log);
              oracle.rows().forEach(this::add);
              oracle.everUnresolved().forEach(key -> everUnresolved.add(json(key)));
              log.forEach(event -> keys.put(text(event.key()), event.key()));
            });
  }

  private void add(Key key, Oracle.Row row) {
    if (row.isUnresolved()) {
      unresolved.add(json(key));
      return;
    }
    Map<String, String> cells = new LinkedHashMap<>();
    columns().keySet().forEach(column -> cells.put(column, Texts.of(null)));
    row.cells().forEach((column, cell) -> cells.put(column, cell.text()));
    life.key().cells(key).forEach((column, cell) -> cells.put(column, cell.text()));
    cells.put(SilverColumns.SOURCE_TIME, Texts.of(row.last().time()));
    silver.put(text(key), cells);
  }

  private String text(Key key) {
    return String.join("|", life.key().cells(key).values().stream().map(Cell::text).toList());
  }

  /** The key as the lake's canonical JSON: columns in the order of their names, no blanks. */
  private String json(Key key) {
    Map<String, String> sorted = new TreeMap<>();
    life.key()
        .cells(key)
        .forEach((column, cell) -> sorted.put("\"" + column + "\"", cell.json().toString()));
    return sorted.toString().replace("=", ":").replace(", ", ",");
  }

  /** The rows by the text of their key. */
  Map<String, Map<String, String>> silver() {
    return silver;
  }

  /** The keys whose row lacks a value at the end, and so must be in quarantine. */
  Set<String> unresolved() {
    return unresolved;
  }

  /** The keys that may be in quarantine. */
  Set<String> everUnresolved() {
    return everUnresolved;
  }

  /** The key of a text. */
  Key key(String text) {
    return keys.get(text);
  }

  /** The columns that arrived, with their types. */
  Map<String, String> columns() {
    Map<String, String> columns = new TreeMap<>();
    for (int i = 0; i < life.key().columns().size(); i++) {
      columns.put(life.key().columns().get(i), life.key().types().get(i));
    }
    delivery.logs().values().stream()
        .flatMap(log -> log.stream().map(SourceEvent::version))
        .distinct()
        .sorted()
        .flatMap(version -> life.fields(version).stream())
        .forEach(field -> columns.put(field.column(), field.type()));
    return columns;
  }

  /** The dead letters: place, reason, and the original bytes. */
  Map<String, String> deadLetters() {
    Map<String, String> letters = new TreeMap<>();
    delivery
        .undecodable()
        .forEach(
            (record, kind) ->
                letters.put(
                    record.partition() + "/" + record.offset(),
                    kind.reason() + " " + bytes(record.key()) + " " + bytes(record.value())));
    return letters;
  }

  private static String bytes(String text) {
    return Texts.of(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }
}
