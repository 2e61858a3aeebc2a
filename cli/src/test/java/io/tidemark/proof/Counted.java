package io.tidemark.proof;

import io.tidemark.proof.SourceEvent.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what one history's delivery hits, by looking at what arrived before: in an earlier merge
 * or in the same one.
 */
final class Counted {
  private final TableDelivery delivery;
  private final List<Arrival> arrivals;
  private final Set<Integer> merges;
  private final Coverage coverage;
  private final Map<Key, List<Arrival>> arrived = new HashMap<>();
  private int newestSchema;

  private Counted(TableDelivery delivery, int history, Set<Integer> merges, Coverage coverage) {
    this.delivery = delivery;
    this.arrivals = byPortion(delivery.arrivals(history));
    this.merges = merges;
    this.coverage = coverage;
  }

  /**
   * Counts.
   *
   * @param merges the portions after which the lake is merged
   */
  static void count(TableDelivery delivery, int history, Set<Integer> merges, Coverage coverage) {
    Counted counted = new Counted(delivery, history, merges, coverage);
    counted.arrivals.forEach(counted::count);
    counted.truncates(history);
    counted.schemas(history);
    counted.keyChanges();
  }

  private static List<Arrival> byPortion(List<Arrival> arrivals) {
    List<Arrival> sorted = new ArrayList<>(arrivals);
    sorted.sort((a, b) -> Integer.compare(a.portion(), b.portion()));
    return sorted;
  }

  private void count(Arrival arrival) {
    SourceEvent event = arrival.event();
    List<Arrival> before = arrived.computeIfAbsent(event.key(), key -> new ArrayList<>());
    boolean again = before.stream().anyMatch(a -> a.event().equals(event));
    Optional<Arrival> later = before.stream().filter(a -> a.event().isAfter(event)).findFirst();
    if (again) {
      coverage.hit(Rule.EQUAL_POSITION);
    }
    if (later.isPresent()) {
      late(arrival, before);
    }
    if (event.kind() == Kind.INCREMENTAL) {
      coverage.hit(Rule.INCREMENTAL_ROW);
    }
    if (event.lacksValues() && later.isEmpty() && !again) {
      lacking(arrival, before);
    }
    if (event.version() < newestSchema) {
      coverage.hit(Rule.OLD_SCHEMA_LATE);
    }
    newestSchema = Math.max(newestSchema, event.version());
    before.add(arrival);
  }

  private void late(Arrival arrival, List<Arrival> before) {
    SourceEvent event = arrival.event();
    if (before.stream().anyMatch(a -> a.event().isAfter(event) && merged(a, arrival))) {
      coverage.hit(Rule.OLDER_THAN_STORED);
    }
    boolean deleted =
        before.stream().anyMatch(a -> a.event().isDelete() && a.event().isAfter(event));
    if (deleted && !event.isDelete()) {
      coverage.hit(Rule.LATE_AFTER_DELETE);
    }
    if (event.isBackfilled()) {
      coverage.hit(Rule.BACKFILLED_LATE);
    }
    if (event.kind() == Kind.SNAPSHOT) {
      coverage.hit(Rule.SNAPSHOT_ROW_LATE);
    }
  }

  /** Whether a merge came between two arrivals. */
  private boolean merged(Arrival first, Arrival second) {
    return merges.stream().anyMatch(m -> first.portion() <= m && m < second.portion());
  }

  private void lacking(Arrival arrival, List<Arrival> before) {
    String column =
        arrival.event().after().entrySet().stream()
            .filter(e -> e.getValue() == Cell.UNAVAILABLE)
            .findFirst()
            .orElseThrow()
            .getKey();
    Arrival found = null;
    for (Arrival a : before) {
      Map<String, Cell> after = a.event().after();
      boolean tells =
          after != null && after.getOrDefault(column, Cell.UNAVAILABLE) != Cell.UNAVAILABLE;
      if (a.event().isDelete()) {
        found = null;
      } else if (tells) {
        found = a;
      }
    }
    if (found == null) {
      coverage.hit(Rule.UNRESOLVED);
    } else {
      coverage.hit(merged(found, arrival) ? Rule.FILLED_FROM_STORED : Rule.FILLED_IN_BATCH);
    }
  }

  private void truncates(int history) {
    Oracle oracle = Oracle.of(delivery.life(), delivery.logs().get(history));
    oracle.removedByTruncates().forEach(rows -> coverage.hit(Rule.TRUNCATED, rows));
    coverage.hit(Rule.VANISHED, oracle.vanished().size());
    for (Arrival truncate : delivery.truncates()) {
      for (Arrival arrival : arrivals) {
        boolean older = truncate.event().isAfter(arrival.event());
        if (older && merged(truncate, arrival)) {
          coverage.hit(Rule.OLDER_THAN_TRUNCATE);
        }
        if (!older && merged(arrival, truncate)) {
          coverage.hit(Rule.LATER_THAN_TRUNCATE);
        }
      }
    }
  }

  private void schemas(int history) {
    TableLife life = delivery.life();
    for (SourceEvent event : delivery.logs().get(history)) {
      List<Field> fields = life.fields(event.version());
      if (fields.contains(Field.EXTRA)) {
        coverage.hit(Rule.COLUMN_ADDED);
      }
      if (fields.contains(Field.WIDE_QUANTITY)) {
        coverage.hit(Rule.COLUMN_WIDENED);
      }
      if (!fields.contains(Field.GONE)) {
        coverage.hit(Rule.COLUMN_DROPPED);
      }
    }
  }

  private void keyChanges() {
    for (int i = 0; i < arrivals.size(); i++) {
      SourceEvent event = arrivals.get(i).event();
      if (event.moved().isPresent() && isFirstOfPair(i)) {
        coverage.hit(
            event.kind() == Kind.DELETE
                ? Rule.KEY_CHANGE_DELETE_FIRST
                : Rule.KEY_CHANGE_CREATE_FIRST);
      }
    }
  }

  private boolean isFirstOfPair(int index) {
    long position = arrivals.get(index).event().position();
    return arrivals.subList(0, index).stream()
        .noneMatch(a -> a.event().position() == position && a.event().moved().isPresent());
  }
}
