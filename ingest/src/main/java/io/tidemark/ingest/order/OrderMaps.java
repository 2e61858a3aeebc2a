package io.tidemark.ingest.order;

import io.tidemark.core.event.Origin;
import io.tidemark.core.event.Position;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The epochs and timelines of a lake, as its driver read them; travels to the executors.
 *
 * @param epochs of each lake table that has more than one, oldest first
 * @param timelines of each {@link #scope}: by source of transactions, the ordinal from each
 *     transaction number on
 */
public record OrderMaps(
    Map<String, List<Epoch>> epochs, Map<String, Map<String, TreeMap<Long, Integer>>> timelines)
    implements Serializable {

  /** Of a lake in which nothing was ever declared or learnt. */
  public static final OrderMaps NONE = new OrderMaps(Map.of(), Map.of());

  /** The start of the name of a lineage that is a snapshot, with the place at which it began. */
  public static final String SNAPSHOT_LINEAGE = "snapshot ";

  /** Keeps copies that can be serialized. */
  public OrderMaps {
    epochs = new HashMap<>(epochs);
    timelines = new HashMap<>(timelines);
  }

  /**
   * An epoch of a table.
   *
   * @param number counts up from 1; before the first declared one it is 0
   * @param boundary its first offset by {@code topic/partition}; every offset of others
   */
  public record Epoch(int number, Map<String, Long> boundary) implements Serializable {
    /** Keeps a copy that can be serialized. */
    public Epoch {
      boundary = new HashMap<>(boundary);
    }

    private boolean holds(Origin origin) {
      Long first = boundary.get(origin.topic() + "/" + origin.partition());
      return first == null || origin.offset() >= first;
    }
  }

  /** Where the timelines of one epoch of a table are counted. */
  static String scope(String table, int epoch) {
    return table + "#" + epoch;
  }

  /** The epoch of a table's event. */
  public int epoch(String table, Origin origin) {
    List<Epoch> declared = epochs.isEmpty() ? null : epochs.get(table);
    if (declared == null) {
      return Position.FIRST_EPOCH;
    }
    for (int i = declared.size() - 1; i >= 0; i--) {
      if (declared.get(i).holds(origin)) {
        return declared.get(i).number();
      }
    }
    return Position.FIRST_EPOCH;
  }

  /** The newest epoch of a table. */
  public int newestEpoch(String table) {
    List<Epoch> declared = epochs.getOrDefault(table, List.of());
    return declared.isEmpty() ? Position.FIRST_EPOCH : declared.get(declared.size() - 1).number();
  }

  /** The timelines of an epoch of a table, by source. */
  public Map<String, TreeMap<Long, Integer>> timelinesOf(String table, int epoch) {
    return timelines.getOrDefault(scope(table, epoch), Map.of());
  }

  /** The ordinal of a transaction's timeline; 0 if its source is not known yet. */
  public int timeline(String table, int epoch, String source, long transaction) {
    Map<String, TreeMap<Long, Integer>> known = timelines.get(scope(table, epoch));
    TreeMap<Long, Integer> starts = known == null ? null : known.get(source);
    Map.Entry<Long, Integer> start = starts == null ? null : starts.floorEntry(transaction);
    return start == null ? 0 : start.getValue();
  }
}
