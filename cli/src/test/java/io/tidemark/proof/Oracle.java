package io.tidemark.proof;

import io.tidemark.proof.SourceEvent.Kind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * What a row was from one change to the next.
   *
   * @param cells its values; {@link Cell#UNKNOWN} where the log never told one
   * @param first the change that made it so
   * @param end the source's time of what ended it; empty while current
   */
  record Interval(Key key, Map<String, Cell> cells, SourceEvent first, Optional<Instant> end) {}

  private final Map<Key, Row> rows = new HashMap<>();
  private final Map<Key, Interval> open = new HashMap<>();
  private final List<Interval> closed = new ArrayList<>();
  private final List<Integer> removedByTruncates = new ArrayList<>();
  private final List<Key> vanished = new ArrayList<>();

  private final List<SourceEvent> log;

  private Oracle(List<SourceEvent> log) {
    this.log = log;
  }

  /** Folds the log of one history, in its order, between the events of its whole table. */
  static Oracle of(TableLife life, List<SourceEvent> log) {
    Oracle oracle = new Oracle(log);
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
        Instant time = truncates.remove().time();
        removedByTruncates.add(rows.size());
        Set.copyOf(rows.keySet()).forEach(key -> end(key, time));
      } else if (snapshot <= position && snapshot != Long.MAX_VALUE) {
        snapshot(snapshots.remove());
      } else {
        return;
      }
    }
  }

  /** Ends the rows that the log's snapshot at a position does not have. */
  private void snapshot(long position) {
    Set<Key> read = new HashSet<>();
    log.stream()
        .filter(event -> event.kind() == Kind.SNAPSHOT && event.position() == position)
        .forEach(event -> read.add(event.key()));
    for (Key key : Set.copyOf(rows.keySet())) {
      if (!read.contains(key)) {
        vanished.add(key);
        end(key, TableLife.time(position));
      }
    }
  }

  private void end(Key key, Instant time) {
    rows.remove(key);
    Interval interval = open.remove(key);
    if (interval != null) {
      closed.add(new Interval(key, interval.cells(), interval.first(), Optional.of(time)));
    }
  }

  /** A row that was read again and had not changed goes on. */
  private void follow(SourceEvent event, Row row) {
    Interval interval = open.get(event.key());
    boolean goesOn =
        !event.isStreamed()
            && interval != null
            && !interval.cells().containsValue(Cell.UNKNOWN)
            && told(interval.cells()).equals(told(row.cells()));
    if (!goesOn) {
      if (interval != null) {
        closed.add(
            new Interval(
                event.key(), interval.cells(), interval.first(), Optional.of(event.time())));
      }
      open.put(event.key(), new Interval(event.key(), row.cells(), event, Optional.empty()));
    }
  }

  private static Map<String, String> told(Map<String, Cell> cells) {
    Map<String, String> told = new HashMap<>();
    cells.forEach(
        (column, cell) -> {
          if (!cell.isNull()) {
            told.put(column, cell.text());
          }
        });
    return told;
  }

  private void apply(SourceEvent event) {
    if (event.isDelete()) {
      end(event.key(), event.time());
      return;
    }
    Row stored = rows.get(event.key());
    Map<String, Cell> cells = new LinkedHashMap<>();
    event.after().forEach((column, cell) -> cells.put(column, told(column, cell, stored)));
    Row row = new Row(cells, event);
    rows.put(event.key(), row);
    follow(event, row);
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

  /** All intervals, closed ones first. */
  List<Interval> intervals() {
    List<Interval> all = new ArrayList<>(closed);
    all.addAll(open.values());
    return all;
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
