package io.tidemark.merge.fold;

import io.tidemark.core.schema.DecodedRow;
import io.tidemark.merge.fold.FoldedChange.Kind;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Folds the changes of one key, which come newest first.
 *
 * <p>The newest change decides. Only where it lacks values that the source did not log do older
 * ones count, so that of fifty updates of a row one is decoded. Holds one row, however many changes
 * a key has.
 */
final class KeyFold {
  /** Before every position. */
  private static final String NEVER = "";

  private final RowDecoders decoders;
  private final BronzeChange newest;
  private final Object[] values;
  private final BitSet missing;
  private final Map<Integer, String> unavailable = new TreeMap<>();
  private final Kind kind;
  private String deletedAt = NEVER;
  private long events = 1;

  KeyFold(RowDecoders decoders, BronzeChange newest) {
    this.decoders = decoders;
    this.newest = newest;
    if (newest.isDelete()) {
      kind = Kind.DELETE;
      values = decoders.keyValues(newest);
      missing = new BitSet();
    } else {
      DecodedRow row = decoders.row(newest);
      kind = Kind.UPSERT;
      values = row.values();
      missing = (BitSet) row.unavailable().clone();
      missing.stream().forEach(column -> unavailable.put(column, NEVER));
    }
  }

  boolean isSameKey(BronzeChange change) {
    return newest.key().equals(change.key());
  }

  /** Takes the next older change of the same key. */
  void older(BronzeChange change) {
    events++;
    if (missing.isEmpty() || !deletedAt.equals(NEVER)) {
      return;
    }
    if (change.isDelete()) {
      deletedAt = change.position(); // What was before it was another row.
      return;
    }
    DecodedRow row = decoders.row(change);
    for (int column = missing.nextSetBit(0); column >= 0; column = missing.nextSetBit(column + 1)) {
      if (!row.isUnavailable(column)) {
        values[column] = row.values()[column];
        unavailable.put(column, change.position());
        missing.clear(column);
      }
    }
  }

  FoldedChange result() {
    Optional<String> storedSince = missing.isEmpty() ? Optional.empty() : Optional.of(deletedAt);
    return new FoldedChange(kind, newest, values, unavailable, storedSince, events);
  }
}
