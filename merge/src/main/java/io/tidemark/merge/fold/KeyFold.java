package io.tidemark.merge.fold;

import io.tidemark.core.schema.DecodedRow;
import io.tidemark.core.spec.Deletes;
import io.tidemark.merge.fold.FoldRules.Reach;
import io.tidemark.merge.fold.FoldedChange.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Folds the changes of one key, which come newest first.
 *
 * <p>The newest change decides. Only where it lacks values that the source did not log do older
 * ones count, down to the next delete, so that of fifty updates of a row one is decoded. Where
 * deleted rows are kept, the changes before a delete give the row in the same way. Holds one row,
 * however many changes a key has.
 *
 * <p>In a whole history, changes between two deletes that do not know all columns never were a row:
 * they are pending if nothing came after them, and mean nothing else.
 */
final class KeyFold {
  /** Before every position. */
  private static final String NEVER = "";

  private final RowDecoders decoders;
  private final FoldRules rules;
  private final String key;
  private BronzeChange newest;
  private Kind kind;
  private RowFold row;
  private String deletedAt = NEVER;
  private boolean wantsOlder = true;
  private Map<Integer, String> pending = Map.of();
  private long events;

  KeyFold(RowDecoders decoders, BronzeChange newest) {
    this(decoders, FoldRules.ofBatch(Deletes.HARD), newest);
  }

  KeyFold(RowDecoders decoders, FoldRules rules, BronzeChange newest) {
    this.decoders = decoders;
    this.rules = rules;
    this.key = newest.key();
    this.newest = newest;
    this.kind = newest.isDelete() ? Kind.DELETE : Kind.UPSERT;
    older(newest);
  }

  boolean isSameKey(BronzeChange change) {
    return key.equals(change.key());
  }

  /** Takes the next older change of the same key, or a truncate of its table. */
  void older(BronzeChange change) {
    if (!change.isTruncate()) {
      events++;
    }
    if (!wantsOlder) {
      return;
    }
    if (change.isDelete()) {
      delete(change); // What was before it was another row.
    } else if (row == null) {
      row = new RowFold(change, decoders.row(change));
      wantsOlder = !row.isComplete();
    } else {
      row.fill(change, decoders.row(change));
      wantsOlder = !row.isComplete();
    }
  }

  private void delete(BronzeChange delete) {
    if (row == null) {
      wantsOlder = keepsDeletedRows();
    } else if (rules.reach() == Reach.BATCH) {
      deletedAt = delete.position();
      wantsOlder = false;
    } else {
      if (kind == Kind.UPSERT) {
        pending = row.unknown();
        kind = Kind.DELETE;
        newest = delete;
      }
      row = null;
      wantsOlder = keepsDeletedRows();
    }
  }

  private boolean keepsDeletedRows() {
    return rules.deletes() == Deletes.SOFT;
  }

  FoldedChange result() {
    if (rules.reach() == Reach.WHOLE_HISTORY && row != null && !row.isComplete()) {
      if (kind == Kind.UPSERT) {
        pending = row.unknown();
        kind = Kind.PENDING;
      }
      row = null;
    }
    Optional<RowFold> known = Optional.ofNullable(row);
    Optional<String> storedSince = known.filter(r -> !r.isComplete()).map(r -> deletedAt);
    Optional<String> filledFrom = known.flatMap(this::filledFrom);
    return new FoldedChange(
        kind,
        newest,
        row == null ? decoders.keyValues(newest) : row.values,
        known.map(r -> r.position),
        row == null || rules.reach() == Reach.WHOLE_HISTORY ? Map.of() : row.unavailable,
        storedSince,
        filledFrom,
        Stream.of(Optional.of(newest.position()), filledFrom, storedSince)
            .flatMap(Optional::stream)
            .filter(position -> !position.equals(NEVER))
            .min(String::compareTo)
            .orElseThrow(),
        pending,
        events);
  }

  /** The row of a delete has all its values from before. */
  private Optional<String> filledFrom(RowFold known) {
    List<String> positions = new ArrayList<>(known.unavailable.values());
    if (kind == Kind.DELETE) {
      positions.add(known.position);
    }
    return positions.stream().filter(p -> !p.equals(NEVER)).min(String::compareTo);
  }

  /** A row between two deletes, as its newest change says it. */
  private static final class RowFold {
    private final String position;
    private final Object[] values;
    private final BitSet missing;
    private final Map<Integer, String> unavailable = new TreeMap<>();

    RowFold(BronzeChange change, DecodedRow row) {
      position = change.position();
      values = row.values();
      missing = (BitSet) row.unavailable().clone();
      missing.stream().forEach(column -> unavailable.put(column, NEVER));
    }

    boolean isComplete() {
      return missing.isEmpty();
    }

    void fill(BronzeChange older, DecodedRow row) {
      for (int c = missing.nextSetBit(0); c >= 0; c = missing.nextSetBit(c + 1)) {
        if (!row.isUnavailable(c)) {
          values[c] = row.values()[c];
          unavailable.put(c, older.position());
          missing.clear(c);
        }
      }
    }

    /** The columns without a value, with the row's position. */
    Map<Integer, String> unknown() {
      Map<Integer, String> unknown = new TreeMap<>();
      missing.stream().forEach(column -> unknown.put(column, position));
      return unknown;
    }
  }
}
