package io.tidemark.proof;

import io.tidemark.proof.SourceEvent.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a history must come to: its log applied once and in order, key by key, in memory. Works on
 * the generator's own values, knows nothing of the product, and is short enough to be believed.
 */
final class Oracle {
  /**
   * A row as the log tells it.
   *
   * @param cells its values; {@link Cell#UNKNOWN} where the log never told one
   * @param last the change that made it so
   */
  record Row(Map<String, Cell> cells, SourceEvent last) {
    boolean isUnresolved() {
      return cells.containsValue(Cell.UNKNOWN);
    }
  }

  private final Map<Key, Row> rows = new HashMap<>();
  private final Set<Key> unresolved = new HashSet<>();
  private final List<Integer> removedByTruncates = new ArrayList<>();
  private final List<Key> vanished = new ArrayList<>();

  private Oracle() {}

  /** Folds the log of one history, in its order, between the events of its whole table. */
  static Oracle of(TableLife life, List<SourceEvent> log) {
    Oracle oracle = new Oracle();
    Deque<SourceEvent> truncates = new ArrayDeque<>(life.loggedTruncates());
    Deque<Long> snapshots = new ArrayDeque<>();
    life.snapshots().stream().skip(1).map(TableLife::position).forEach(snapshots::add);
    for (SourceEvent event : log) {
      oracle.reach(event.position(), truncates, snapshots);
      oracle.apply(event);
    }
    oracle.reach(Long.MAX_VALUE, truncates, snapshots);
    return oracle;
  }

  /** Applies what concerns the whole table and comes before a position, in its order. */
  private void reach(long position, Deque<SourceEvent> truncates, Deque<Long> snapshots) {
    while (true) {
      long truncate = truncates.isEmpty() ? Long.MAX_VALUE : truncates.peek().position();
      long snapshot = snapshots.isEmpty() ? Long.MAX_VALUE : snapshots.peek();
      if (truncate < position && truncate < snapshot) {
        truncates.remove();
        removedByTruncates.add(rows.size());
        rows.clear();
      } else if (snapshot <= position && snapshot != Long.MAX_VALUE) {
        snapshots.remove();
        vanished.addAll(rows.keySet());
        rows.clear(); // The rows that are still there follow.
      } else {
        return;
      }
    }
  }

  private void apply(SourceEvent event) {
    if (event.kind() == Kind.DELETE) {
      rows.remove(event.key());
      return;
    }
    vanished.remove(event.key());
    Row stored = rows.get(event.key());
    Map<String, Cell> cells = new LinkedHashMap<>();
    event.after().forEach((column, cell) -> cells.put(column, told(column, cell, stored)));
    Row row = new Row(cells, event);
    rows.put(event.key(), row);
    if (row.isUnresolved()) {
      unresolved.add(event.key());
    }
  }

  private static Cell told(String column, Cell cell, Row stored) {
    if (cell != Cell.UNAVAILABLE) {
      return cell;
    }
    return stored == null ? Cell.UNKNOWN : stored.cells().getOrDefault(column, Cell.UNKNOWN);
  }

  /** The rows at the end of the log, by key; unresolved ones included. */
  Map<Key, Row> rows() {
    return rows;
  }

  /** The keys whose row lacked a value at some time. */
  Set<Key> everUnresolved() {
    return unresolved;
  }

  /** How many rows each truncate removed. */
  List<Integer> removedByTruncates() {
    return removedByTruncates;
  }

  /** The keys that were missing in a later snapshot, though the log has no delete of them. */
  List<Key> vanished() {
    return vanished;
  }
}
