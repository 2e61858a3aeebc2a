package io.tidemark.ingest.order;

import io.tidemark.core.event.log.BinlogPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * Learns in which order the sources of transactions took over from each other. Pure.
 *
 * <p>A source that no partition has shown yet opens a new timeline. One that comes back, behind
 * another, with transactions above those it had shown in that partition (a failback) opens a new
 * one too, from there on; with transactions it had shown it only sends again. A partition that is
 * behind others follows the timelines they have opened.
 */
public final class TimelineWalk {
  /** More changes of primary in one batch are none: two servers write at the same time. */
  static final int MOST_CHANGES = 100;

  private final Map<String, TreeMap<Long, Integer>> starts = new HashMap<>();
  private final Map<Integer, String> sources = new HashMap<>();
  private final List<Start> learnt = new ArrayList<>();
  private int newest;

  /**
   * A timeline's beginning.
   *
   * @param source whose transactions it holds
   * @param from the first of them
   * @param ordinal its place among the timelines
   */
  public record Start(String source, long from, int ordinal) {}

  /**
   * Changes of one source that follow each other in a partition.
   *
   * @param source the source of their transactions
   * @param most the highest transaction among them
   * @param firstAbove finds the lowest transaction among them that is above a given one
   */
  public record Run(String source, long most, LongUnaryOperator firstAbove) {}

  /** A walk that begins with what is known. */
  public TimelineWalk(Map<String, TreeMap<Long, Integer>> known) {
    known.forEach(
        (source, ordinals) ->
            ordinals.forEach((from, ordinal) -> open(new Start(source, from, ordinal))));
  }

  private void open(Start start) {
    starts.computeIfAbsent(start.source(), s -> new TreeMap<>()).put(start.from(), start.ordinal());
    sources.put(start.ordinal(), start.source());
    newest = Math.max(newest, start.ordinal());
  }

  /**
   * Walks through the runs of one partition, in the order of their offsets.
   *
   * @param timeline the newest timeline that the partition has shown before, 0 for none
   * @param shown the highest transaction of each source that it has shown before
   */
  public void partition(int timeline, Map<String, Long> shown, List<Run> runs) {
    int current = timeline;
    Map<String, Long> highest = new HashMap<>(shown);
    for (Run run : runs) {
      long before = highest.getOrDefault(run.source(), -1L);
      boolean firstSnapshot =
          starts.isEmpty() && run.source().startsWith(OrderMaps.SNAPSHOT_LINEAGE);
      if (run.most() <= before || firstSnapshot) {
        continue;
      }
      if (!run.source().equals(sources.get(current))) {
        current = changed(run, run.firstAbove().applyAsLong(before), current);
      }
      current = Math.max(current, ordinal(run.source(), run.most()));
      highest.put(run.source(), run.most());
    }
  }

  private int changed(Run run, long first, int current) {
    int known = ordinal(run.source(), first);
    if (known > current) {
      return known;
    }
    OptionalInt later =
        starts.getOrDefault(run.source(), new TreeMap<>()).values().stream()
            .mapToInt(Integer::intValue)
            .filter(ordinal -> ordinal > current)
            .min();
    boolean unknown = !starts.containsKey(run.source());
    Start start = new Start(run.source(), unknown ? 0 : first, later.orElseGet(() -> newest + 1));
    open(start);
    learnt.add(start);
    return start.ordinal();
  }

  private int ordinal(String source, long transaction) {
    TreeMap<Long, Integer> of = starts.get(source);
    Map.Entry<Long, Integer> start = of == null ? null : of.floorEntry(transaction);
    return start == null ? 0 : start.getValue();
  }

  /** The timelines that were not known before. */
  public List<Start> learnt() {
    return List.copyOf(learnt);
  }

  /** Whether so many were learnt that the sources cannot have taken over from each other. */
  public boolean isNoSuccession() {
    return learnt.size() > MOST_CHANGES || newest > BinlogPosition.MAX_TIMELINE;
  }

  /** Whether a partition's changes, all of one source, need no walk. */
  public static boolean isCalm(
      Map<String, TreeMap<Long, Integer>> known, int timeline, String source) {
    if (known.isEmpty()) {
      return source.startsWith(OrderMaps.SNAPSHOT_LINEAGE);
    }
    TreeMap<Long, Integer> starts = known.get(source);
    return starts != null && (timeline == 0 || starts.containsValue(timeline));
  }
}
