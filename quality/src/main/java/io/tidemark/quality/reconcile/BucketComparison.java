package io.tidemark.quality.reconcile;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.run.SideBySide;
import io.tidemark.quality.reconcile.KeyDifference.Kind;
import io.tidemark.quality.reconcile.SourceSide.Sum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Compares a table of the lake with its source by the hashes of buckets of rows, made on both sides
 * where the rows are; only rows of buckets that differ tell their own hashes.
 *
 * <p>Rows are told by the numbers of their keys until the end. Two keys of one table that share a
 * hash (one chance in 10^6 for ten million rows) would show as a difference, never hide one.
 */
final class BucketComparison {
  /** More buckets in one query make it no faster. */
  private static final int BUCKETS_AT_ONCE = 2_000;

  private final SourceSide source;
  private final Buckets buckets;
  private final Dataset<Row> lake;
  private final Predicate<Kind> wanted;
  private final int limit;
  private final Map<Long, Kind> keys = new TreeMap<>();
  private long differing;

  /**
   * A comparison.
   *
   * @param lake the live rows
   * @param wanted which differences count
   * @param limit so many differing keys are told; others are counted only
   */
  BucketComparison(
      SourceSide source, Buckets buckets, Dataset<Row> lake, Predicate<Kind> wanted, int limit) {
    this.source = source;
    this.buckets = buckets;
    this.lake = lake;
    this.wanted = wanted;
    this.limit = limit;
  }

  /**
   * What was found.
   *
   * @param source rows of the source
   * @param lake rows of the lake
   * @param differing how many keys differ
   * @param keys by the hash of the key, how; not all, if there are more than the limit
   */
  record Found(long source, long lake, long differing, Map<Long, Kind> keys) {}

  Found run() {
    Dataset<Row> hashed =
        lake.select(expr(buckets.key().lake()).as("k"), expr(buckets.row().lake()).as("h"))
            .filter(expr(buckets.lakeSample("k")));
    List<Supplier<Map<Long, Sum>>> sides = List.of(() -> ofLake(hashed), source::sums);
    List<Map<Long, Sum>> sums = SideBySide.each(sides.size(), sides, Supplier::get);
    Map<Long, Sum> ofLake = sums.get(0);
    Map<Long, Sum> ofSource = sums.get(1);
    Set<Long> others = new TreeSet<>();
    ofLake.forEach((b, sum) -> addIf(!sum.equals(ofSource.get(b)), b, others));
    ofSource.forEach((b, sum) -> addIf(!sum.equals(ofLake.get(b)), b, others));
    List<Long> all = new ArrayList<>(others);
    for (int from = 0; from < all.size(); from += BUCKETS_AT_ONCE) {
      keep(rows(hashed, all.subList(from, Math.min(all.size(), from + BUCKETS_AT_ONCE))));
    }
    return new Found(total(ofSource), total(ofLake), differing, keys);
  }

  private Map<Long, Sum> ofLake(Dataset<Row> hashed) {
    Map<Long, Sum> sums = new HashMap<>();
    for (Row row :
        hashed
            .groupBy(expr(buckets.lakeBucket("k")).as("b"))
            .agg(count(lit(1)).as("n"), expr("bit_xor(h)").as("x"))
            .collectAsList()) {
      sums.put(row.getLong(0), new Sum(row.getLong(1), row.getLong(2)));
    }
    return sums;
  }

  private static void addIf(boolean wanted, long bucket, Set<Long> buckets) {
    if (wanted) {
      buckets.add(bucket);
    }
  }

  private static long total(Map<Long, Sum> sums) {
    return sums.values().stream().mapToLong(Sum::rows).sum();
  }

  /** A table of which every row differs must not be held in memory. */
  private void keep(Map<Long, Kind> found) {
    found.values().removeIf(wanted.negate());
    differing += found.size();
    found.entrySet().stream()
        .limit(limit - (long) keys.size())
        .forEach(one -> keys.put(one.getKey(), one.getValue()));
  }

  /** The rows of some buckets that differ. */
  private Map<Long, Kind> rows(Dataset<Row> hashed, List<Long> some) {
    Map<Long, Kind> found = new TreeMap<>();
    Map<Long, Long> ofSource = new HashMap<>();
    source.rows(
        some,
        (key, row) -> {
          if (ofSource.put(key, row) != null) {
            found.put(key, Kind.DIFFERENT);
          }
        });
    Set<Long> seen = new TreeSet<>();
    Dataset<Row> inBuckets = hashed.filter(expr(buckets.lakeBucket("k")).isInCollection(some));
    inBuckets
        .select(col("k"), col("h"))
        .toLocalIterator()
        .forEachRemaining(
            row -> {
              long key = row.getLong(0);
              Long hash = ofSource.get(key);
              if (!seen.add(key)) {
                found.put(key, Kind.REPEATED_IN_LAKE);
              } else if (hash == null) {
                found.put(key, Kind.MISSING_IN_SOURCE);
              } else if (hash != row.getLong(1)) {
                found.put(key, Kind.DIFFERENT);
              }
            });
    ofSource.keySet().stream()
        .filter(key -> !seen.contains(key))
        .forEach(key -> found.put(key, Kind.MISSING_IN_LAKE));
    return found;
  }
}
