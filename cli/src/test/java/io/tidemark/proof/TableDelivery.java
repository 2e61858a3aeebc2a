package io.tidemark.proof;

import io.tidemark.proof.SourceEvent.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A table with all its histories, as it reaches the lake: the arrivals of the histories
 * interleaved, truncates anywhere between them, and records that are no rows.
 */
final class TableDelivery {
  private final TableLife life;
  private final int portions;
  private final Map<Integer, List<SourceEvent>> logs = new TreeMap<>();
  private final Map<Integer, List<Arrival>> arrivals = new TreeMap<>();
  private final List<Arrival> truncates = new ArrayList<>();
  private final Map<SourceRecord, Undecodable> undecodable = new HashMap<>();
  private final Debezium format;
  private long changes;

  /** The histories of a table with these numbers. */
  TableDelivery(TableLife life, List<Integer> histories, int portions) {
    this.life = life;
    this.portions = portions;
    for (int history : histories) {
      Delivery delivery = Delivery.of(life, history);
      List<SourceEvent> log = HistoryGenerator.of(life, history);
      logs.put(history, log);
      arrivals.put(history, delivery.deliver(life, log, portions, life.seed() + 7 * history));
    }
    this.format = new Debezium(life, markers());
    SplittableRandom random = new SplittableRandom(life.seed() + 1);
    for (SourceEvent truncate : life.loggedTruncates()) {
      for (int times = 1 + random.nextInt(2); times > 0; times--) {
        truncates.add(
            new Arrival(truncate, random.nextInt(life.partitions()), random.nextInt(portions)));
      }
    }
  }

  /** Marks the row with which each snapshot of the table begins, and the one with which it ends. */
  private Map<SourceEvent, String> markers() {
    Map<SourceEvent, String> markers = new IdentityHashMap<>();
    for (int tick : life.snapshots()) {
      List<SourceEvent> rows =
          logs.values().stream()
              .flatMap(List::stream)
              .filter(e -> e.kind() == Kind.SNAPSHOT && e.position() == TableLife.position(tick))
              .toList();
      if (!rows.isEmpty()) {
        markers.put(rows.get(0), "first_in_data_collection");
        markers.put(rows.get(rows.size() - 1), "last_in_data_collection");
      }
    }
    return markers;
  }

  TableLife life() {
    return life;
  }

  /** The source's logs by history. */
  Map<Integer, List<SourceEvent>> logs() {
    return logs;
  }

  /** What arrives of a history, in the order of its arrival. */
  List<Arrival> arrivals(int history) {
    return arrivals.get(history);
  }

  /** When truncates arrive. */
  List<Arrival> truncates() {
    return truncates;
  }

  /** The records so far that must have become dead letters. */
  Map<SourceRecord, Undecodable> undecodable() {
    return undecodable;
  }

  /** How many records so far were changes. */
  long changes() {
    return changes;
  }

  /** Appends a portion to the topics. */
  void send(int portion, TopicLog topics, Coverage coverage) {
    SplittableRandom random = new SplittableRandom(life.seed() * 31 + portion);
    List<Arrival> mixed = mixed(portion, random.nextLong());
    int noise = 1 + arrivals.size() / 12;
    for (int i = 0; i < mixed.size(); i++) {
      send(mixed.get(i), topics, coverage);
      if (i % (1 + mixed.size() / noise) == 0) {
        noise(mixed.get(i), topics, coverage);
      }
    }
  }

  private List<Arrival> mixed(int portion, long seed) {
    List<Deque<Arrival>> queues = new ArrayList<>();
    List<Integer> turns = new ArrayList<>();
    List<List<Arrival>> all = new ArrayList<>(arrivals.values());
    all.add(truncates);
    for (List<Arrival> arriving : all) {
      Deque<Arrival> queue =
          new ArrayDeque<>(arriving.stream().filter(a -> a.portion() == portion).toList());
      turns.addAll(Collections.nCopies(queue.size(), queues.size()));
      queues.add(queue);
    }
    Collections.shuffle(turns, new Random(seed));
    return turns.stream().map(turn -> queues.get(turn).remove()).toList();
  }

  private void send(Arrival arrival, TopicLog topics, Coverage coverage) {
    SourceEvent event = arrival.event();
    topics.append(
        event.isBackfilled() ? "~backfill/" + life.topic() : life.topic(),
        arrival.partition(),
        format.key(event),
        format.value(event),
        format.headers(event));
    changes++;
    if (event.kind() == Kind.DELETE && life.layout().tombstones()) {
      topics.append(life.topic(), arrival.partition(), format.key(event), null, Map.of());
      coverage.hit(Rule.TOMBSTONE_RECORD);
    }
  }

  private void noise(Arrival near, TopicLog topics, Coverage coverage) {
    for (NoRow kind : NoRow.values()) {
      topics.append(kind.topic(), 0, kind.key(), kind.value(), Map.of());
      coverage.hit(Rule.of(kind));
    }
    if (near.event().after() == null) {
      return;
    }
    for (Undecodable kind : Undecodable.values()) {
      SourceRecord bad =
          topics.append(
              life.topic(),
              near.partition(),
              kind.key(format, near.event()),
              kind.value(format, near.event()),
              Map.of("h", "ü"));
      undecodable.put(bad, kind);
      coverage.hit(Rule.of(kind));
    }
  }
}
