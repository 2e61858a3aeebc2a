package io.tidemark.proof;

import io.tidemark.proof.SourceEvent.Kind;
import io.tidemark.proof.TableLife.Layout.Before;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The life of a few rows of a table, as the log of a source has it: skewed keys, every operation,
 * values left out of the log, changed keys, rows that come again. Knows the true values of its rows
 * at all times; what the log does not tell of them is not in its events.
 */
final class HistoryGenerator {
  private static final int KEYS = 6;
  private static final int CHANGES = 24;

  private final TableLife life;
  private final int history;
  private final boolean complete;
  private final SplittableRandom random;
  private final List<SourceEvent> log = new ArrayList<>();
  private final Map<Integer, Map<String, Cell>> rows = new TreeMap<>();

  /** Rows of which the log has not told some value yet. */
  private final Set<Integer> untold = new HashSet<>();

  private Optional<Backfill> backfill = Optional.empty();
  private int tick;
  private int changes;
  private long last;
  private long values;

  private HistoryGenerator(TableLife life, int history) {
    this.life = life;
    this.history = history;
    // A source that logs the row before has all values at hand, and leaves none out.
    this.complete = life.layout().before() == Before.ROW;
    this.random = new SplittableRandom(life.seed() * 1_000_003 + history);
    this.values = history * 1_000_000L;
  }

  /** A history whose events lack values, as they do when large columns did not change. */
  static List<SourceEvent> of(TableLife life, int history) {
    return new HistoryGenerator(life, history).run();
  }

  private List<SourceEvent> run() {
    for (int number = random.nextInt(KEYS); number > 0; number--) {
      rows.put(number, fresh());
    }
    snapshot();
    TreeMap<Integer, Integer> steps = new TreeMap<>();
    for (int i = 0; i < CHANGES; i++) {
      steps.merge(1 + random.nextInt(TableLife.TICKS - 1), 1 + random.nextInt(8) / 7, Integer::sum);
    }
    life.truncates().forEach(at -> steps.putIfAbsent(at, 0));
    life.snapshots().stream().skip(1).forEach(at -> steps.putIfAbsent(at, random.nextInt(2)));
    steps.forEach(this::pass);
    backfill.ifPresent(this::read);
    return log;
  }

  private void pass(int at, int count) {
    tick = at;
    changes = 0;
    if (life.truncates().contains(at)) {
      rows.clear();
      untold.clear();
    }
    if (life.snapshots().contains(at)) {
      snapshot();
    }
    for (int i = 0; i < count; i++) {
      step();
      if (random.nextInt(3) == 0) {
        backfill.ifPresent(this::read);
      }
    }
  }

  /**
   * A backfill that has taken its place in the log and has not read yet.
   *
   * @param before the number of the log's first entry behind the place
   */
  private record Backfill(long position, int before) {}

  /** A place as far as the log has come: that of its last change, or behind it. */
  private void beginBackfill() {
    if (backfill.isPresent() || !life.isLogged(tick)) {
      return;
    }
    long between = TableLife.position(tick, history, ++changes);
    int before = log.size();
    if (before > 0 && log.get(before - 1).position() == last && random.nextBoolean()) {
      while (before > 0 && isStreamedAt(last, log.get(before - 1))) {
        before--; // What is streamed counts as later than what is read at its place.
      }
    }
    boolean shared = before < log.size() && (before == 0 || isBefore(last, before - 1));
    backfill = Optional.of(shared ? new Backfill(last, before) : new Backfill(between, log.size()));
  }

  private static boolean isStreamedAt(long position, SourceEvent event) {
    return event.position() == position && event.isStreamed();
  }

  private boolean isBefore(long position, int entry) {
    return log.get(entry).position() < position;
  }

  /** Reads some keys as they are now, and puts what it finds at the place. */
  private void read(Backfill begun) {
    List<SourceEvent> found = new ArrayList<>();
    for (int number = 0; number < KEYS; number++) {
      if (random.nextBoolean()) {
        boolean there = rows.containsKey(number);
        found.add(
            new SourceEvent(
                begun.position(),
                TableLife.time(begun.position()),
                there ? Kind.BACKFILL : Kind.BACKFILL_GONE,
                new Key(history, number),
                null,
                there ? row(number) : null,
                life.versionAt(tick),
                Optional.empty()));
      }
    }
    log.addAll(begun.before(), found);
    backfill = Optional.empty();
  }

  /** All rows, at the position at which the snapshot began. */
  private void snapshot() {
    untold.clear();
    rows.forEach(
        (number, row) -> add(TableLife.position(tick), Kind.SNAPSHOT, number, null, row(number)));
  }

  /** Half of all changes go to the first keys. */
  private int anyKey() {
    return Math.min(random.nextInt(KEYS), random.nextInt(KEYS));
  }

  private void step() {
    int number = anyKey();
    int dice = random.nextInt(100);
    if (!rows.containsKey(number)) {
      create(number, fresh());
    } else if (dice < 20) {
      delete(number, Optional.empty());
    } else if (dice < 32) {
      changeKey(number);
    } else if (dice < 38) {
      incremental(number);
    } else if (dice < 48) {
      beginBackfill();
    } else {
      update(number);
    }
  }

  private void create(int number, Map<String, Cell> row) {
    rows.put(number, row);
    add(next(), Kind.CREATE, number, null, row);
  }

  private void delete(int number, Optional<Integer> to) {
    Map<String, Cell> row = row(number);
    rows.remove(number);
    untold.remove(number);
    add(next(), Kind.DELETE, number, row, null, to);
  }

  /** A chunk of an incremental snapshot reads what is there. */
  private void incremental(int number) {
    untold.remove(number);
    add(next(), Kind.INCREMENTAL, number, null, row(number));
  }

  private void update(int number) {
    Map<String, Cell> before = row(number);
    Map<String, Cell> row = row(number);
    boolean tellsAll = complete || random.nextInt(10) < 3;
    Map<String, Cell> logged = change(row, tellsAll, untold.contains(number));
    if (tellsAll) {
      untold.remove(number);
    }
    rows.put(number, row);
    add(next(), Kind.UPDATE, number, before, logged);
  }

  /** New values into the row; what the log has of it. */
  private Map<String, Cell> change(Map<String, Cell> row, boolean tellsAll, boolean tellsNothing) {
    Map<String, Cell> logged = new LinkedHashMap<>();
    for (Field field : life.fields(life.versionAt(tick))) {
      boolean changes = random.nextInt(field.isLarge() ? 5 : 2) == 0;
      if (field.isLarge() && tellsNothing && !tellsAll) {
        changes = false;
      }
      if (changes) {
        row.put(field.column(), value(field));
      }
      Cell cell = row.get(field.column());
      boolean told = !field.isLarge() || changes || tellsAll || cell.isNull();
      logged.put(field.column(), told ? cell : Cell.UNAVAILABLE);
    }
    return logged;
  }

  /** A delete and a create from one entry of the log; large values may be in neither. */
  private void changeKey(int from) {
    int to = anyKey();
    while (rows.containsKey(to)) {
      to = (to + 1) % KEYS;
      if (to == from) {
        return;
      }
    }
    Map<String, Cell> row = row(from);
    boolean wasUntold = untold.contains(from);
    boolean tellsAll = complete || (!wasUntold && random.nextInt(10) < 4);
    delete(from, Optional.of(to));
    Map<String, Cell> logged = change(row, tellsAll, wasUntold);
    rows.put(to, row);
    if (logged.containsValue(Cell.UNAVAILABLE)) {
      untold.add(to);
    }
    add(last, Kind.CREATE, to, null, logged, Optional.of(from));
  }

  /** The first change after a snapshot may stand at the position at which the snapshot began. */
  private long next() {
    boolean first = changes == 0 && life.snapshots().contains(tick) && random.nextBoolean();
    changes++;
    return last = first ? TableLife.position(tick) : TableLife.position(tick, history, changes);
  }

  private void add(
      long position, Kind kind, int number, Map<String, Cell> before, Map<String, Cell> after) {
    add(position, kind, number, before, after, Optional.empty());
  }

  private void add(
      long position,
      Kind kind,
      int number,
      Map<String, Cell> before,
      Map<String, Cell> after,
      Optional<Integer> moved) {
    if (!life.isLogged(tick)) {
      return;
    }
    log.add(
        new SourceEvent(
            position,
            TableLife.time(position),
            kind,
            new Key(history, number),
            life.layout().before() == Before.ROW ? before : null,
            after == null ? null : new LinkedHashMap<>(after),
            life.versionAt(tick),
            moved.map(other -> new Key(history, other))));
  }

  private Map<String, Cell> fresh() {
    Map<String, Cell> row = new LinkedHashMap<>();
    life.fields(life.versionAt(tick)).forEach(field -> row.put(field.column(), value(field)));
    return row;
  }

  /** The row with the columns that the table has now. */
  private Map<String, Cell> row(int number) {
    Map<String, Cell> row = new LinkedHashMap<>();
    for (Field field : life.fields(life.versionAt(tick))) {
      row.put(field.column(), rows.get(number).getOrDefault(field.column(), Cell.NULL));
    }
    return row;
  }

  private Cell value(Field field) {
    return random.nextInt(8) == 0 ? Cell.NULL : field.value(++values, random);
  }
}
