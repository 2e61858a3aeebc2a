package io.tidemark.merge.history;

/**
 * The place of a change in its source's log: its position without topic, partition and offset,
 * which are new each time the change is delivered.
 */
final class LogPlace {
  /** What stands between epoch and phase where there is no log. */
  private static final String NO_LOG = ".-.";

  private LogPlace() {}

  /**
   * Epoch, log position and phase of a position's text, with the separator behind them. Not later,
   * as text, than any position of the same place, and later than all of earlier places. Where the
   * source has no log, the whole position is the place: nothing tells one delivery from another.
   */
  static String of(String position) {
    int first = position.indexOf('.');
    if (position.startsWith(NO_LOG, first)) {
      return position;
    }
    int end = -1;
    for (int part = 0; part < 3; part++) {
      end = position.indexOf('.', end + 1);
      if (end < 0) {
        throw new IllegalArgumentException("Invalid position: " + position);
      }
    }
    return position.substring(0, end + 1);
  }
}
