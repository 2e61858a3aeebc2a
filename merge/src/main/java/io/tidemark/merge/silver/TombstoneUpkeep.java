package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the memory of deletes small: what is older than its retention goes, many tombstones at
 * once, and small files become few.
 *
 * <p>Time is the source's, counted back from the newest change of the batch that comes to it. How
 * far the memory reaches is written down before anything is forgotten: {@link #forgotten}.
 *
 * @param table the tombstones
 * @param retention how long a delete is remembered at least
 */
record TombstoneUpkeep(LakeTable table, Duration retention) {
  private static final String FORGOTTEN = "tidemark.forgotten-up-to";
  private static final String DUE = "tombstones/prune-due";

  /** What a retention is divided by: tombstones may stay that part of it longer. */
  private static final int PRUNES_A_RETENTION = 8;

  /** Each batch with deletes adds a file. */
  private static final int FILES_TO_COMPACT = 64;

  /** The greatest position of a forgotten delete; empty if none was ever forgotten. */
  Optional<String> forgotten() {
    return Optional.ofNullable(table.properties().get(FORGOTTEN));
  }

  /** Takes note that deletes up to a position are not remembered. */
  void learn(Optional<String> forgotten) {
    String known = forgotten().orElse("");
    forgotten
        .filter(position -> position.compareTo(known) > 0)
        .ifPresent(position -> table.setProperties(Map.of(FORGOTTEN, position)));
  }

  /** The token that says when to prune next, if this batch has to move it. */
  Optional<CommitToken> due(Instant newest) {
    long due = table.token(DUE);
    long time = micros(newest);
    return due == CommitToken.NONE || time >= due
        ? Optional.of(
            new CommitToken(
                DUE, due, time + micros(Instant.EPOCH.plus(retention)) / PRUNES_A_RETENTION))
        : Optional.empty();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** Forgets what is older than the retention. Truncates are few and stay. */
  void prune(Instant newest) {
    Instant horizon = newest.minus(retention);
    String last =
        table
            .read()
            .filter(col("key").isNotNull().and(col("source_time").lt(lit(horizon))))
            .agg(max(col("position")))
            .head()
            .getString(0);
    if (last == null) {
      return;
    }
    learn(Optional.of(last));
    table.delete("key IS NOT NULL AND source_time < " + SqlNames.timestamp(horizon));
  }

  /** Makes few files of many. */
  void compact() {
    if (table.version() % FILES_TO_COMPACT == 0) {
      table.compact();
    }
  }
}
