package io.tidemark.merge.convergence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * The ways in which a log may arrive: runs of events again after a connector's restart, single
 * events twice, and the partitions of a topic in any interleaving.
 */
final class Delivery {
  private static final int PARTITIONS = 3;

  private Delivery() {}

  /** The log as it arrives; changes of a key keep their order, but for those that come again. */
  static List<SourceEvent> of(List<SourceEvent> log, Random random) {
    return interleaved(repeated(log, random), random);
  }

  private static List<SourceEvent> repeated(List<SourceEvent> log, Random random) {
    List<SourceEvent> sent = new ArrayList<>();
    for (int next = 0; next < log.size(); next++) {
      sent.add(log.get(next));
      if (random.nextInt(4) == 0) {
        int from = random.nextInt(next + 1);
        int to = from + 1 + random.nextInt(Math.min(20, next + 1 - from));
        sent.addAll(log.subList(from, random.nextInt(20) == 0 ? next + 1 : to));
      }
    }
    return sent;
  }

  private static List<SourceEvent> interleaved(List<SourceEvent> sent, Random random) {
    List<Deque<SourceEvent>> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new ArrayDeque<>());
    }
    for (SourceEvent event : sent) {
      int partition = event.key() == null ? 0 : Math.floorMod(event.key().hashCode(), PARTITIONS);
      partitions.get(partition).add(event);
    }
    List<SourceEvent> arrived = new ArrayList<>();
    while (arrived.size() < sent.size()) {
      Deque<SourceEvent> partition = partitions.get(random.nextInt(PARTITIONS));
      for (int run = random.nextInt(10); run > 0 && !partition.isEmpty(); run--) {
        arrived.add(partition.poll());
      }
    }
    return arrived;
  }

  /** Cuts at random places into so many parts, some of which may be empty. */
  static List<List<SourceEvent>> cut(List<SourceEvent> events, int parts, Random random) {
    int[] ends = random.ints(parts - 1, 0, events.size() + 1).sorted().toArray();
    List<List<SourceEvent>> cut = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      cut.add(events.subList(from, end));
      from = end;
    }
    cut.add(events.subList(from, events.size()));
    return cut;
  }
}
