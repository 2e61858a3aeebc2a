package io.tidemark.merge.fold;

import io.tidemark.core.spec.Deletes;
import io.tidemark.merge.fold.FoldRules.Reach;
import io.tidemark.merge.fold.FoldedChange.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
final class KeyFold implements ChangeFold {
  private final RowDecoders decoders;
  private final FoldRules rules;
  private final String key;
  private BronzeChange newest;
  private Kind kind;
  private RowVersion row;
  private String deletedAt = RowVersion.NEVER;
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

  @Override
  public boolean isSameKey(BronzeChange change) {
    return key.equals(change.key());
  }

  @Override
  public void older(BronzeChange change) {
    if (!change.isTruncate()) {
      events++;
    }
    if (!wantsOlder) {
      return;
    }
    if (change.isDelete()) {
      delete(change); // What was before it was another row.
    } else if (row == null) {
      row = new RowVersion(change, decoders.row(change));
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

  @Override
  public FoldedChange result() {
    if (rules.reach() == Reach.WHOLE_HISTORY && row != null && !row.isComplete()) {
      if (kind == Kind.UPSERT) {
        pending = row.unknown();
        kind = Kind.PENDING;
      }
      row = null;
    }
    Optional<RowVersion> known = Optional.ofNullable(row);
    Optional<String> storedSince = known.filter(r -> !r.isComplete()).map(r -> deletedAt);
    Optional<String> filledFrom = known.flatMap(this::filledFrom);
    return new FoldedChange(
        kind,
        newest,
        row == null ? decoders.keyValues(newest) : row.values(),
        known.map(RowVersion::position),
        row == null || rules.reach() == Reach.WHOLE_HISTORY ? Map.of() : row.unavailable(),
        storedSince,
        filledFrom,
        Stream.of(Optional.of(newest.position()), filledFrom, storedSince)
            .flatMap(Optional::stream)
            .filter(position -> !position.equals(RowVersion.NEVER))
            .min(String::compareTo)
            .orElseThrow(),
        pending,
        events,
        List.of(),
        List.of(),
        Map.of());
  }

  /** The row of a delete has all its values from before. */
  private Optional<String> filledFrom(RowVersion known) {
    Stream<String> own = kind == Kind.DELETE ? Stream.of(known.position()) : Stream.empty();
    return Stream.concat(known.givers(), own).min(String::compareTo);
  }
}
