package io.tidemark.quality.reconcile;

import io.tidemark.core.database.KnownDialect;
import io.tidemark.core.database.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The source's side of a comparison, in one view of it. */
sealed interface SourceSide permits HashedSource, ReadSource {
  /**
   * The side of a source: hashes that it makes itself, if it can.
   *
   * @param row columns whose values make the hash of a row
   */
  static SourceSide of(
      Snapshot snapshot, ReconciledColumns columns, Buckets buckets, List<String> row) {
    return snapshot.dialect() instanceof KnownDialect
        ? new HashedSource(snapshot, buckets)
        : new ReadSource(snapshot, columns, buckets, row);
  }

  /**
   * Rows of a bucket, and their hashes as one.
   *
   * @param rows how many
   * @param hash all hashes, each bit of them added without a carry
   */
  record Sum(long rows, long hash) {
    static final Sum NONE = new Sum(0, 0);

    Sum with(long one) {
      return new Sum(rows + 1, hash ^ one);
    }
  }

  /** Takes the numbers of a row. */
  interface Numbers {
    void accept(long key, long row);
  }

  /** Of each bucket that has rows, by its number. */
  Map<Long, Sum> sums();

  /** Hands on the numbers of each row in some buckets. */
  void rows(Collection<Long> buckets, Numbers consumer);

  /** Hands on the rows with some numbers of keys, with these columns as texts. */
  void values(List<String> columns, Collection<Long> keys, Consumer<String[]> consumer);

  /** Bytes that the source has sent by now, about. */
  long moved();
}
