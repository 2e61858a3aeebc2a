package io.tidemark.quality.reconcile;

import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.Dialect;
import io.tidemark.core.database.Query;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Queries that sort the rows of a table by the number of their key into as many buckets as there
 * are numbers of so many bits, on both sides alike. Pure.
 *
 * @param key the number of the key
 * @param row the hash of all compared columns
 * @param bits how many of the key's number tell the bucket
 * @param sample which rows count
 */
record Buckets(
    Dialect dialect, DatabaseTable table, RowNumber key, RowNumber row, int bits, Sample sample) {
  /** About so many rows share a bucket: as few as pays for the buckets' own numbers. */
  private static final long ROWS = 512;

  private static final int MOST_BITS = 20;

  /** How many bits make buckets of the right size. */
  static int bits(long rows) {
    int bits = 0;
    while (bits < MOST_BITS && rows >> bits > ROWS) {
      bits++;
    }
    return bits;
  }

  private long mask() {
    return (1L << bits) - 1;
  }

  /** The bucket of a row, by the number of its key. */
  long bucket(long number) {
    return number & mask();
  }

  /** Of each bucket in the database: number, rows, and all rows' hashes as one. */
  Query source() {
    return new Query(
        table.qualified(),
        "SELECT b, count(*), bit_xor(h) FROM (SELECT (%1$s & %2$d) AS b, %3$s AS h FROM %4$s WHERE %5$s) hashed GROUP BY b"
            .formatted(
                key.source(),
                mask(),
                row.source(),
                dialect.quote(table),
                sample.sourceCondition(key.source())),
        List.of());
  }

  /** Of each row in some buckets of the database: the numbers of key and row. */
  Query sourceRows(Collection<Long> buckets) {
    return new Query(
        table.qualified(),
        "SELECT k, h FROM (SELECT %s AS k, %s AS h FROM %s) hashed WHERE (k & %d) IN (%s) AND %s"
            .formatted(
                key.source(),
                row.source(),
                dialect.quote(table),
                mask(),
                buckets.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                sample.sourceCondition("k")),
        List.of());
  }

  /** The rows with some numbers of keys, with these columns as texts. */
  Query sourceValues(List<String> columns, Collection<Long> keys) {
    String selected =
        columns.stream()
            .map(c -> dialect.selected(dialect.quote(c), table.type(c)))
            .collect(Collectors.joining(", "));
    return new Query(
        table.qualified(),
        "SELECT %s FROM %s WHERE %s IN (%s)"
            .formatted(
                selected,
                dialect.quote(table),
                key.source(),
                keys.stream().map(String::valueOf).collect(Collectors.joining(", "))),
        List.of());
  }

  /** Spark's SQL of "a row counts", by the column with the number of its key. */
  String lakeSample(String hash) {
    return sample.lakeCondition(hash);
  }

  /** The number of a row's bucket in Spark's SQL, by the column with the number of its key. */
  String lakeBucket(String hash) {
    return hash + " & " + mask();
  }
}
