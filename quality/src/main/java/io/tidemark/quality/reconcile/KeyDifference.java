package io.tidemark.quality.reconcile;

import java.util.List;
import java.util.Map;

/**
 * A key whose row differs between the source and the lake.
 *
 * @param kind how
 * @param key the values of the key's columns, as texts of the source's form
 * @param cells the columns that differ, with both values for people
 */
public record KeyDifference(Kind kind, Map<String, String> key, List<Difference.Cell> cells) {
  /** How a row differs. */
  public enum Kind {
    MISSING_IN_LAKE,
    MISSING_IN_SOURCE,
    REPEATED_IN_LAKE,
    DIFFERENT
  }
}
