package io.tidemark.merge.fold;

import io.tidemark.core.schema.DecodedRow;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A row as its newest change says it, filled from older ones where that lacks values. */
final class RowVersion {
  /** Before every position. */
  static final String NEVER = "";

  private final BronzeChange change;
  private final Object[] values;
  private final BitSet missing;
  private final Map<Integer, String> unavailable = new TreeMap<>();

  RowVersion(BronzeChange change, DecodedRow row) {
    this.change = change;
    values = row.values();
    missing = (BitSet) row.unavailable().clone();
    missing.stream().forEach(column -> unavailable.put(column, NEVER));
  }

  /** The change that made it. */
  BronzeChange change() {
    return change;
  }

  String position() {
    return change.position();
  }

  Object[] values() {
    return values;
  }

  boolean isComplete() {
    return missing.isEmpty();
  }

  /** Takes the values it lacks from an older change of the same row. */
  void fill(BronzeChange older, DecodedRow row) {
    for (int c = missing.nextSetBit(0); c >= 0; c = missing.nextSetBit(c + 1)) {
      if (!row.isUnavailable(c)) {
        values[c] = row.values()[c];
        unavailable.put(c, older.position());
        missing.clear(c);
      }
    }
  }

  /** The columns its change lacks, with the position of what gave the value, or {@link #NEVER}. */
  Map<Integer, String> unavailable() {
    return unavailable;
  }

  /** The positions of the changes that gave it values. */
  Stream<String> givers() {
    return unavailable.values().stream().filter(position -> !position.equals(NEVER));
  }

  /** The columns without a value, with the row's position. */
  Map<Integer, String> unknown() {
    Map<Integer, String> unknown = new TreeMap<>();
    missing.stream().forEach(column -> unknown.put(column, position()));
    return unknown;
  }
}
