package io.tidemark.proof;

import io.tidemark.core.lake.SilverColumns;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the lake must hold of a table, as text by column: the oracle's word. */
final class Expectation {
  private final TableDelivery delivery;
  private final TableLife life;
  private final Map<String, String> columns;
  private final Masking masking;
  private final Map<String, Map<String, String>> silver = new TreeMap<>();
  private final Map<String, Map<String, String>> history = new TreeMap<>();
  private final Set<String> unresolved = new TreeSet<>();
  private final Map<String, Key> keys = new TreeMap<>();

  Expectation(TableDelivery delivery) {
    this.delivery = delivery;
    this.life = delivery.life();
    this.masking = new Masking(life);
    this.columns = columns(delivery);
    columns.replaceAll(masking::type);
    delivery
        .logs()
        .values()
        .forEach(
            log -> {
              Oracle oracle = Oracle.of(life, log);
              oracle.rows().forEach(this::add);
              oracle.intervals().forEach(this::add);
              log.forEach(event -> keys.put(text(event.key()), event.key()));
            });
  }

  private void add(Key key, Oracle.Row row) {
    if (row.isUnresolved()) {
      unresolved.add(json(key));
      return;
    }
    Map<String, String> cells = cells(key, row.cells());
    cells.put(SilverColumns.SOURCE_TIME, Texts.of(row.last().time()));
    silver.put(text(key), cells);
  }

  /** Intervals are told apart by their key and by when they began. */
  private void add(Oracle.Interval interval) {
    Map<String, String> cells = cells(interval.key(), interval.cells());
    SourceEvent first = interval.first();
    cells.put("_valid_from", Texts.of(first.time()));
    cells.put("_valid_to", Texts.of(interval.end().orElse(null)));
    cells.put("_is_current", Texts.of(interval.end().isEmpty()));
    cells.put("_op", Texts.of(first.kind().code()));
    cells.put("_source_ts", Texts.of(first.time()));
    cells.put("_unlogged", columnsWith(Cell.UNAVAILABLE, first.after()));
    cells.put("_unresolved", columnsWith(Cell.UNKNOWN, interval.cells()));
    history.put(text(interval.key()) + "|" + cells.get("_valid_from") + cells.get("_op"), cells);
  }

  private static String columnsWith(Cell cell, Map<String, Cell> cells) {
    List<String> columns =
        cells.entrySet().stream()
            .filter(e -> e.getValue() == cell)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return Texts.of(columns.isEmpty() ? null : columns);
  }

  private Map<String, String> cells(Key key, Map<String, Cell> row) {
    Map<String, String> cells = new LinkedHashMap<>();
    columns().keySet().forEach(column -> cells.put(column, Texts.of(null)));
    row.forEach(
        (column, cell) -> {
          String text = (cell == Cell.UNKNOWN ? Cell.NULL : cell).text();
          cells.put(column, masking.image(column, text));
        });
    life.key().cells(key).forEach((column, cell) -> cells.put(column, cell.text()));
    return cells;
  }

  /** The intervals by the text of their key and when they began. */
  Map<String, Map<String, String>> history() {
    return history;
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

  /** The keys whose row lacks a value at the end, and so must be in quarantine; no others. */
  Set<String> unresolved() {
    return unresolved;
  }

  /** What the table's masks do. */
  Masking masking() {
    return masking;
  }

  /** The key of a text. */
  Key key(String text) {
    return keys.get(text);
  }

  /** The columns that arrived, with their types. */
  Map<String, String> columns() {
    return columns;
  }

  private static Map<String, String> columns(TableDelivery delivery) {
    TableLife life = delivery.life();
    Map<String, String> columns = new TreeMap<>();
    for (int i = 0; i < life.key().columns().size(); i++) {
      columns.put(life.key().columns().get(i), life.key().types().get(i));
    }
    delivery.logs().values().stream()
        .flatMap(log -> log.stream().map(SourceEvent::version))
        .distinct()
        .sorted()
        .flatMap(version -> life.fields(version).stream())
        .forEach(field -> columns.put(field.column(), type(life, field)));
    return columns;
  }

  /** Without a schema in the events, the declared type holds from the start. */
  private static String type(TableLife life, Field field) {
    return field == Field.QUANTITY && !life.layout().schemas()
        ? Field.WIDE_QUANTITY.type()
        : field.type();
  }

  /** The dead letters: place, reason, and the original bytes, which masks want sealed. */
  Map<String, String> deadLetters() {
    Map<String, String> letters = new TreeMap<>();
    delivery
        .undecodable()
        .forEach(
            (record, kind) ->
                letters.put(
                    record.partition() + "/" + record.offset(),
                    (life.isMasked() ? "sealed " : "")
                        + kind.reason()
                        + " "
                        + bytes(record.key())
                        + " "
                        + bytes(record.value())));
    return letters;
  }

  private static String bytes(String text) {
    return Texts.of(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }
}
