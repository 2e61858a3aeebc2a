package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.MergeCounts;
import io.tidemark.core.table.SqlNames;
import io.tidemark.merge.fold.FoldedColumns;
import io.tidemark.merge.fold.RowDecoders;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Applies what has landed in a table's bronze since the last time to its silver.
 *
 * <p>Deletes are remembered first, then one MERGE changes silver and records the bronze version it
 * has applied, in one commit. Cut off anywhere, the next run applies the same changes again, and
 * those that silver has are no longer later than what is stored.
 */
public final class TableMerge {
  private final Lake lake;
  private final String table;
  private final UnavailableValue unavailable;
  private final RunContext context;
  private final LakeTable bronze;
  private final LakeTable silver;

  /**
   * A merge of one table.
   *
   * @param lake with a session that no other table uses at the same time
   */
  public TableMerge(Lake lake, String table, UnavailableValue unavailable, RunContext context) {
    this.lake = lake;
    this.table = table;
    this.unavailable = unavailable;
    this.context = context;
    this.bronze = lake.bronze(table);
    this.silver = lake.silver(table);
  }

  /** The name of the token with the bronze version that silver has applied. */
  public static String tokenName(String pipeline, LakeTable bronze) {
    return "merge/" + pipeline + "/" + bronze.id();
  }

  /**
   * Merges, and tells what it did; empty if nothing new has landed.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if the changes cannot be
   *     applied without loss; silver is as it was then
   */
  public Optional<StepRecord> run() {
    Instant started = context.clock().instant();
    String token = tokenName(context.pipeline(), bronze);
    long to = bronze.version();
    long from = silver.token(token);
    if (to <= from) {
      return Optional.empty();
    }
    Dataset<Row> changes =
        from == CommitToken.NONE ? bronze.readVersion(to) : bronze.appendedBetween(from, to);
    BatchSummary summary = BatchSummary.of(changes);
    if (summary.rows() == 0) {
      return Optional.empty(); // Upkeep of the table; the next change moves the token over it.
    }
    if (summary.rows() == summary.truncates() && !silver.exists()) {
      return Optional.empty(); // No change has told the key yet, and there is nothing to remove.
    }
    Counts counts = apply(changes, summary, new CommitToken(token, from, to));
    CrashPoint.AFTER_SILVER.reach();
    return Optional.of(
        context.done(
            Step.MERGE,
            table,
            started,
            counts,
            summary.newest(),
            "{\"bronze_from\":%d,\"bronze_to\":%d,\"silver\":%d}"
                .formatted(from, to, silver.version())));
  }

  private Counts apply(Dataset<Row> changes, BatchSummary summary, CommitToken token) {
    Map<String, EventSchema> schemas = TableSchemas.load(lake, table, summary.fingerprints());
    SilverTable target = new SilverTable(context.pipeline(), silver);
    SilverPlan plan = SilverPlan.of(table, target.existing(), schemas.values());
    target.prepare(plan);
    Tombstones tombstones = new Tombstones(lake.tombstones(table));
    Optional<String> truncate = later(summary.lastTruncate(), tombstones.lastTruncate());
    Dataset<Row> rows = changes.filter(col(BronzeColumns.OPERATION).notEqual("t"));
    if (truncate.isPresent()) {
      rows = rows.filter(col(BronzeColumns.POSITION).gt(truncate.get()));
    }
    RowDecoders decoders = new RowDecoders(plan.columns(), schemas, unavailable);
    try (FoldedBatch batch = FoldedBatch.of(rows, decoders, plan)) {
      Counts counts = accounted(summary, truncate, batch);
      return applyFolded(changes, summary, plan, tombstones, batch, token, counts);
    }
  }

  private static Optional<String> later(Optional<String> a, Optional<String> b) {
    return a.isPresent() && b.isPresent()
        ? (a.get().compareTo(b.get()) > 0 ? a : b)
        : a.or(() -> b);
  }

  private Counts accounted(BatchSummary summary, Optional<String> truncate, FoldedBatch batch) {
    long truncated = summary.rows() - summary.truncates() - batch.events();
    if (truncated != 0 && truncate.isEmpty()) {
      throw Errors.unaccountedRows(
          "the fold of table " + table,
          "%d read, %d truncates, %d folded"
              .formatted(summary.rows(), summary.truncates(), batch.events()));
    }
    return new Counts()
        .add(Count.READ, summary.rows())
        .add(Count.TRUNCATES, summary.truncates())
        .add(Count.OLDER, truncated)
        .add(Count.FOLDED, batch.events() - batch.keys());
  }

  private Counts applyFolded(
      Dataset<Row> changes,
      BatchSummary summary,
      SilverPlan plan,
      Tombstones tombstones,
      FoldedBatch batch,
      CommitToken token,
      Counts counts) {
    Instant now = context.clock().instant();
    // First, so that no row from before it gives a later change the values that it lacks.
    summary.lastTruncate().ifPresent(this::truncate);
    boolean guard = !tombstones.areNone();
    Dataset<Row> guarded =
        guard
            ? tombstones.withoutDeleted(batch.rows()).persist(StorageLevel.MEMORY_AND_DISK())
            : batch.rows();
    try {
      long kept = guard ? guarded.count() : batch.keys();
      counts.add(Count.OLDER, batch.keys() - kept);
      Dataset<Row> source = guarded;
      if (!batch.unavailable().isEmpty()) {
        Dataset<Row> unresolved = unresolved(guarded, plan).localCheckpoint();
        long quarantined = unresolved.count();
        if (quarantined > 0) {
          new Quarantine(lake.quarantine(table)).keepUnresolved(unresolved, changes, now);
          source = without(guarded, unresolved);
          counts.add(Count.QUARANTINED, quarantined);
          kept -= quarantined;
        }
      }
      if (batch.deletes() > 0 || summary.truncates() > 0) {
        tombstones.remember(batch.rows(), summary.lastTruncate(), now, token.name(), token.next());
      }
      CrashPoint.AFTER_TOMBSTONES.reach();
      MergeCounts merged =
          silver.merge(
              SilverSql.merge(plan, source, batch.unavailable(), batch.bounds(), now), token);
      return counts.addAll(mergedCounts(merged, kept));
    } finally {
      if (guard) {
        guarded.unpersist();
      }
    }
  }

  private Counts mergedCounts(MergeCounts merged, long kept) {
    if (merged.source() != kept) {
      throw Errors.unaccountedRows(
          "the MERGE into " + silver, "%d prepared, %d seen".formatted(kept, merged.source()));
    }
    return new Counts()
        .add(Count.INSERTED, merged.inserted())
        .add(Count.UPDATED, merged.updated())
        .add(Count.DELETED, merged.deleted())
        .add(Count.OLDER, kept - merged.inserted() - merged.updated() - merged.deleted());
  }

  private void truncate(String position) {
    silver.delete(SilverColumns.POSITION + " < " + SqlNames.literal(position));
  }

  /** Changes that need a stored value where no row is stored, or not the one they mean. */
  private Dataset<Row> unresolved(Dataset<Row> guarded, SilverPlan plan) {
    String filled =
        "%s AND t.%s > s.%s"
            .formatted(SilverSql.match(plan), SilverColumns.POSITION, FoldedColumns.STORED_SINCE);
    return guarded
        .filter(col(FoldedColumns.STORED_SINCE).isNotNull())
        .as("s")
        .join(silver.read().as("t"), expr(filled), "left_anti");
  }

  private static Dataset<Row> without(Dataset<Row> guarded, Dataset<Row> unresolved) {
    Dataset<Row> keys = unresolved.select(col(FoldedColumns.KEY).as("__unresolved"));
    return guarded.join(
        keys, guarded.col(FoldedColumns.KEY).equalTo(keys.col("__unresolved")), "left_anti");
  }
}
