package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Column;

/**
 * Where tables are held back: from which offset of a partition on nothing of a table may land,
 * until an operator has decided. Safe for several threads.
 */
final class Holds {
  private final Map<String, Map<Partition, Long>> held = new ConcurrentHashMap<>();
  private final Map<String, TidemarkException> reasons = new ConcurrentHashMap<>();

  private long heldBatch = Long.MAX_VALUE;

  /** Remembers that a planned batch is not landed whole. */
  synchronized void addBatch(long number) {
    heldBatch = Math.min(heldBatch, number);
  }

  /** The last planned batch that all tables have, up to the given one. */
  synchronized long batch(long number) {
    return Math.min(number, heldBatch - 1);
  }

  /** The table is held from some offsets on; from everywhere on if there are none. */
  void add(String table, Map<Partition, Long> from, TidemarkException reason) {
    held.merge(
        table,
        new TreeMap<>(from),
        (old, more) -> {
          Map<Partition, Long> all = new TreeMap<>(old);
          more.forEach((partition, offset) -> all.merge(partition, offset, Math::min));
          return all;
        });
    reasons.putIfAbsent(table, reason);
  }

  Map<Partition, Long> of(String table) {
    return held.getOrDefault(table, Map.of());
  }

  boolean holds(String table) {
    return held.containsKey(table);
  }

  /** Why tables are held. */
  Map<String, TidemarkException> reasons() {
    return new TreeMap<>(reasons);
  }

  /** The lowest offset of a partition that some table has not landed, or the given end. */
  long end(Partition partition, long end) {
    return held.values().stream()
        .mapToLong(of -> Math.min(end, of.getOrDefault(partition, end)))
        .min()
        .orElse(end);
  }

  synchronized void clear() {
    heldBatch = Long.MAX_VALUE;
    held.clear();
    reasons.clear();
  }

  /** The rows of some partitions from an offset on. */
  static Column condition(Map<Partition, Long> from) {
    Column condition = lit(false);
    for (Map.Entry<Partition, Long> hold : from.entrySet()) {
      condition = condition.or(condition(hold.getKey(), hold.getValue()));
    }
    return condition;
  }

  static Column condition(Partition partition, long from) {
    return col(BronzeColumns.TOPIC)
        .equalTo(partition.topic())
        .and(col(BronzeColumns.PARTITION).equalTo(partition.number()))
        .and(col(BronzeColumns.OFFSET).geq(from));
  }
}
