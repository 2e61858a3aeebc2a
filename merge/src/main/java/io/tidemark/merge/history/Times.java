package io.tidemark.merge.history;

import java.time.Instant;

/** Source times, of which null is one that nobody told. */
final class Times {
  private Times() {}

  /** The later one. */
  static Instant later(Instant a, Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }
}
