package io.tidemark.merge.history;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All truncates of a table that are known, in order, each once. Immutable. */
final class Truncates implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A truncate.
   *
   * @param position its position
   * @param time its source time; null if the source gives none
   */
  record Truncate(String position, Instant time) implements Serializable {}

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

  /** Whether one is at a place of the log. */
  boolean isAt(String place) {
    return places.contains(place);
  }

  /** The places of all. */
  Set<String> places() {
    return Set.copyOf(places);
  }
}
