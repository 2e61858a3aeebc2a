package io.tidemark.merge.history;

import io.tidemark.core.event.Position;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * All that ended many rows of a table at once, as far as it is known: truncates, and complete
 * snapshots, which end the rows that they do not have. In order, each once. Immutable.
 */
final class Truncates implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A truncate or a complete snapshot.
   *
   * @param position its position; of a snapshot, its place in the log, just before its rows
   * @param time its source time; null if the source gives none
   * @param isSnapshot whether the rows that were read at its place go on
   */
  record Truncate(String position, Instant time, boolean isSnapshot) implements Serializable {
    /** A snapshot that begins where {@link Position#beginning} says. */
    static Truncate ofSnapshot(String beginning, Instant time) {
      return new Truncate(beginning + ".", time, true);
    }

    /** Whether a change tells that its key's row is in this snapshot. */
    boolean spares(Occurrence next) {
      return isSnapshot
          && next != null
          && next.op().equals(Element.READ)
          && next.position().startsWith(position);
    }
  }

  private final ArrayList<Truncate> truncates = new ArrayList<>();

  /** The latest time among the first so many. */
  private final ArrayList<Instant> latest = new ArrayList<>();

  private final HashSet<String> places = new HashSet<>();

  /** Truncates in any order; one that came several times has its least position. */
  static Truncates of(List<Truncate> all) {
    Truncates known = new Truncates();
    known.latest.add(null);
    all.stream()
        .sorted(Comparator.comparing(Truncate::position))
        .filter(truncate -> known.places.add(LogPlace.of(truncate.position())))
        .forEach(known::add);
    return known;
  }

  private void add(Truncate truncate) {
    latest.add(Times.later(latest.get(latest.size() - 1), truncate.time()));
    truncates.add(truncate);
  }

  int size() {
    return truncates.size();
  }

  Truncate get(int index) {
    return truncates.get(index);
  }

  /** The index of the first one behind a position. */
  int firstAfter(String position) {
    int low = 0;
    int high = truncates.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (truncates.get(middle).position().compareTo(position) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The latest time of those before an index; null if none has one. */
  Instant latestBefore(int index) {
    return latest.get(index);
  }

  /** Whether a snapshot at or behind a place of the log has this position. */
  boolean isSnapshotSince(String place, String position) {
    int index = firstAfter(position) - 1;
    return index >= 0
        && truncates.get(index).isSnapshot()
        && truncates.get(index).position().equals(position)
        && position.compareTo(place) >= 0;
  }

  /** Whether one is at a place of the log. */
  boolean isAt(String place) {
    return places.contains(place);
  }
}
