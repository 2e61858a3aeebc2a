package io.tidemark.quality.reconcile;

import java.util.List;

/**
 * What comparing a table until the lake had passed the source's view came to.
 *
 * @param outcome whether they are equal
 * @param first the comparison in the view that is spoken of
 * @param differing keys that differed in every comparison, in the same way
 * @param differences of at most 20,000 of them, value by value
 * @param onTheWay keys that differed first and not later
 */
public record Verdict(
    Outcome outcome,
    TableReconcile.Found first,
    long differing,
    List<KeyDifference> differences,
    long onTheWay) {
  /** What is known. */
  public enum Outcome {
    EQUAL,
    DIFFERENT,
    /** Keys differ, and the lake has not been seen to pass the view. */
    UNKNOWN
  }
}
