package io.tidemark.merge.history;

/** What has to be written for a key. */
sealed interface Action {
  /** A new interval. */
  record Insert(Interval interval) implements Action {}

  /** A stored interval, known by its position, that is different now. */
  record Update(Interval interval) implements Action {}

  /** A stored interval that is none any more. */
  record Remove(Interval interval) implements Action {}

  /** A change that the memory must keep. */
  record Remember(Element.Mark mark) implements Action {}
}
