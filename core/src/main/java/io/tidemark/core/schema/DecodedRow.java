package io.tidemark.core.schema;

import java.util.BitSet;
import java.util.Objects;

/** A decoded row. The arrays are the row's own: reading them is free, changing them changes it. */
public final class DecodedRow {
  private final Object[] values;
  private final BitSet unavailable;

  /**
   * A row.
   *
   * @param values one per column, as {@link LakeType} says; null for null and for unavailable ones
   * @param unavailable indexes of the columns whose value the source did not log
   */
  public DecodedRow(Object[] values, BitSet unavailable) {
    this.values = Objects.requireNonNull(values, "values");
    this.unavailable = Objects.requireNonNull(unavailable, "unavailable");
  }

  /** One value per column, as {@link LakeType} says; null for null and for unavailable ones. */
  public Object[] values() {
    return values;
  }

  /** Indexes of the columns whose value the source did not log. */
  public BitSet unavailable() {
    return unavailable;
  }

  /** Whether the source did not log the column's value. */
  public boolean isUnavailable(int column) {
    return unavailable.get(column);
  }
}
