package io.tidemark.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The ways in which a history may arrive. At least once: single events twice, and runs of events
 * again after a restart of the connector, at other offsets.
 */
enum Delivery {
  /** Order within key and partition is kept; each partition is as fast as it likes. */
  IN_ORDER {
    @Override
    List<Arrival> deliver(TableLife life, List<SourceEvent> log, int portions, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<List<SourceEvent>> partitions = new ArrayList<>();
      for (int i = 0; i < life.partitions(); i++) {
        partitions.add(new ArrayList<>());
      }
      for (SourceEvent event : again(log, random)) {
        partitions.get(Math.floorMod(event.key().hashCode() * 31, life.partitions())).add(event);
      }
      List<Arrival> arrivals = new ArrayList<>();
      for (int partition = 0; partition < life.partitions(); partition++) {
        List<SourceEvent> events = partitions.get(partition);
        int[] portion = portions(events.size(), portions, random);
        for (int i = 0; i < events.size(); i++) {
          arrivals.add(new Arrival(events.get(i), partition, portion[i]));
        }
      }
      arrivals.addAll(backfilled(log, portions, random));
      return arrivals;
    }
  },
  /** Any order at all, in any partition: positions alone tell what came first. */
  SHUFFLED {
    @Override
    List<Arrival> deliver(TableLife life, List<SourceEvent> log, int portions, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<SourceEvent> events = new ArrayList<>(again(log, random));
      Collections.shuffle(events, new Random(seed));
      int[] portion = portions(events.size(), portions, random);
      List<Arrival> arrivals = new ArrayList<>();
      for (int i = 0; i < events.size(); i++) {
        arrivals.add(new Arrival(events.get(i), random.nextInt(life.partitions()), portion[i]));
      }
      arrivals.addAll(backfilled(log, portions, random));
      return arrivals;
    }
  };

  /** The events of one history as they arrive, portion by portion in each partition. */
  abstract List<Arrival> deliver(TableLife life, List<SourceEvent> log, int portions, long seed);

  /** How a history of a table arrives: one in three in any order. */
  static Delivery of(TableLife life, int history) {
    return Math.floorMod(life.seed() + history, 3) == 0 ? SHUFFLED : IN_ORDER;
  }

  /** A backfill lands when it likes, whatever of the log has landed. */
  private static List<Arrival> backfilled(
      List<SourceEvent> log, int portions, SplittableRandom random) {
    return log.stream()
        .filter(SourceEvent::isBackfilled)
        .map(event -> new Arrival(event, 0, random.nextInt(portions)))
        .toList();
  }

  private static List<SourceEvent> again(List<SourceEvent> whole, SplittableRandom random) {
    List<SourceEvent> log = whole.stream().filter(event -> !event.isBackfilled()).toList();
    List<SourceEvent> sent = new ArrayList<>();
    for (int next = 0; next < log.size(); next++) {
      sent.add(log.get(next));
      if (random.nextInt(8) == 0) {
        int from = Math.max(0, next - random.nextInt(12));
        int to = random.nextInt(3) > 0 ? next + 1 : from + 1;
        sent.addAll(log.subList(from, to));
      }
    }
    return sent;
  }

  /** Cuts at random places into so many portions, some of which may be empty. */
  private static int[] portions(int events, int portions, SplittableRandom random) {
    int[] portion = new int[events];
    for (int i = 0; i < events; i++) {
      portion[i] = random.nextInt(portions);
    }
    Arrays.sort(portion);
    return portion;
  }
}
