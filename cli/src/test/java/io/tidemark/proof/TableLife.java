package io.tidemark.proof;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What all histories of one table share: its key, its columns over time, and the events that
 * concern the table as a whole. Time passes in ticks; a tick has room for the changes of every
 * history.
 *
 * @param seed what it was made from
 * @param index its number in a run
 * @param key what its key looks like
 * @param layout how its events are written
 * @param large the columns that its source may leave out of the log
 * @param versions its columns, from the first tick on
 * @param truncates the ticks of its truncates
 * @param snapshots the ticks of its snapshots; the first is 0
 * @param lost from which tick on the log was lost before each snapshot
 * @param partitions of its topic
 */
record TableLife(
    long seed,
    int index,
    KeyShape key,
    Layout layout,
    List<Field> large,
    List<Version> versions,
    List<Integer> truncates,
    List<Integer> snapshots,
    List<Integer> lost,
    int partitions) {
  static final int TICKS = 1000;

  /** Positions a tick has room for: histories times changes. */
  private static final long TICK = 1L << 24;

  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00.123456Z");

  /** Columns from some tick on. */
  record Version(int from, List<Field> fields) {}

  /**
   * How events are written.
   *
   * @param schemas whether each message carries Connect's schema
   * @param before how much of the row before is logged
   * @param tombstones whether a delete is followed by a record without value
   */
  record Layout(boolean schemas, Before before, boolean tombstones) {
    enum Before {
      NONE,
      KEY,
      ROW
    }
  }

  /** The life of a table. */
  static TableLife of(long seed, int index) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Field> large = new ArrayList<>(Field.LARGE);
    while (large.size() > 4) {
      large.remove(random.nextInt(large.size()));
    }
    Layout.Before before = Layout.Before.values()[random.nextInt(3)];
    Layout layout = new Layout(random.nextInt(4) > 0, before, random.nextInt(3) > 0);
    List<Integer> snapshots = new ArrayList<>(List.of(0));
    List<Integer> lost = new ArrayList<>(List.of(0));
    if (index % 3 != 1) {
      for (int from : new int[] {300, 750}) {
        int tick = from + random.nextInt(200);
        snapshots.add(tick);
        lost.add(tick - 100 - random.nextInt(150));
      }
    }
    TreeSet<Integer> truncates = new TreeSet<>(List.of(ticks(random), ticks(random)));
    truncates.removeAll(snapshots);
    return new TableLife(
        seed,
        index,
        KeyShape.values()[random.nextInt(KeyShape.values().length)],
        layout,
        List.copyOf(large),
        versions(random, large),
        List.copyOf(truncates),
        List.copyOf(snapshots),
        List.copyOf(lost),
        1 + random.nextInt(4));
  }

  private static int ticks(SplittableRandom random) {
    return 50 + random.nextInt(TICKS - 100);
  }

  private static List<Version> versions(SplittableRandom random, List<Field> large) {
    List<Field> fields =
        new ArrayList<>(
            List.of(
                Field.QUANTITY,
                Field.TOTAL,
                Field.AMOUNT,
                Field.RATIO,
                Field.NAME,
                Field.ACTIVE,
                Field.CREATED,
                Field.SEEN,
                Field.BORN,
                Field.GONE));
    fields.addAll(large);
    List<Version> versions = new ArrayList<>(List.of(new Version(0, List.copyOf(fields))));
    List<Integer> changes = new ArrayList<>(List.of(0, 1, 2));
    int tick = 0;
    while (!changes.isEmpty()) {
      tick += 100 + random.nextInt(200);
      switch (changes.remove(random.nextInt(changes.size()))) {
        case 0 -> fields.add(random.nextInt(fields.size() + 1), Field.EXTRA);
        case 1 -> fields.remove(Field.GONE);
        default -> fields.set(fields.indexOf(Field.QUANTITY), Field.WIDE_QUANTITY);
      }
      versions.add(new Version(tick, List.copyOf(fields)));
    }
    return List.copyOf(versions);
  }

  String name() {
    return "proof_" + index;
  }

  String topic() {
    return "shop.public." + name();
  }

  /** Whether its history is kept. */
  boolean hasHistory() {
    return index % 2 == 1;
  }

  /** Whether some of its columns are masked. */
  boolean isMasked() {
    return Math.floorMod(seed, 4) == 1;
  }

  /** The number of the schema at a tick. */
  int versionAt(int tick) {
    int version = 0;
    while (version + 1 < versions.size() && versions.get(version + 1).from() <= tick) {
      version++;
    }
    return version;
  }

  List<Field> fields(int version) {
    return versions.get(version).fields();
  }

  /** Whether what happens at a tick reaches the log. */
  boolean isLogged(int tick) {
    for (int i = 0; i < snapshots.size(); i++) {
      if (lost.get(i) <= tick && tick < snapshots.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** The position of the n-th change of a history in a tick. */
  static long position(int tick, int history, int change) {
    return (tick + 1) * TICK + (history + 1L) * 64 + change;
  }

  /** The position of what concerns the whole table in a tick: before all its changes. */
  static long position(int tick) {
    return (tick + 1) * TICK;
  }

  /** The truncates that the log has, in order. */
  List<SourceEvent> loggedTruncates() {
    return truncates.stream().filter(this::isLogged).map(this::truncate).toList();
  }

  private SourceEvent truncate(int tick) {
    long position = position(tick);
    return new SourceEvent(
        position,
        time(position),
        SourceEvent.Kind.TRUNCATE,
        null,
        null,
        null,
        versionAt(tick),
        Optional.empty());
  }

  /** The source's clock at a position. */
  static Instant time(long position) {
    return EPOCH.plusSeconds(20 * (position / TICK)).plus(position % TICK, ChronoUnit.MICROS);
  }
}
