package io.tidemark.merge.history;

/** What became of the changes of a batch, by change. */
final class Tally {
  /** Upserts that opened an interval. */
  long opened;

  /** Deletes that closed one. */
  long closed;

  /** Deletes of a row that did not exist, as far as is known. */
  long idle;

  /** Changes known before, and rows read again that had not changed. */
  long known;

  /** Counts all deliveries of one change, of which only the first can be new. */
  void add(int delivered, boolean wasKnown, Outcome outcome) {
    if (delivered == 0) {
      return;
    }
    if (wasKnown || outcome == Outcome.UNCHANGED) {
      known += delivered;
      return;
    }
    known += delivered - 1;
    switch (outcome) {
      case OPENED -> opened++;
      case CLOSED -> closed++;
      case IDLE -> idle++;
      case UNCHANGED -> throw new IllegalStateException("counted above");
    }
  }

  /** What a change did. */
  enum Outcome {
    OPENED,
    CLOSED,
    IDLE,
    UNCHANGED
  }
}
