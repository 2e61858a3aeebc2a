package io.tidemark.quality.reconcile;

/**
 * Brings the values of one column, from either side, into one form in which equal values are equal.
 *
 * <p>Neither method is given a null. A source text that the lake's type has no value for stays
 * text, and so is equal to nothing in the lake.
 */
interface CellForm {
  /** The form of a text of the source. */
  Object ofSource(String text);

  /** The form of a value of the lake. */
  Object ofLake(Object value);
}
