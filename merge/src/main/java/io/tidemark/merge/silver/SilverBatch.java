package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.lake.TableSchemas;
import io.tidemark.core.rule.RowJudge;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.Deletes;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.MergeCounts;
import io.tidemark.merge.fold.FoldRules;
import io.tidemark.merge.fold.FoldRules.Reach;
import io.tidemark.merge.fold.FoldRules.Truncate;
import io.tidemark.merge.fold.FoldedColumns;
import io.tidemark.merge.fold.RowDecoders;
import io.tidemark.merge.silver.SilverSql.Trait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Applies one batch of bronze rows to silver.
 *
 * <p>The order of writes: a truncate, quarantine, tombstones, MERGE with its token, release from
 * quarantine. Every one but the MERGE may happen again without harm.
 */
final class SilverBatch {
  private final Lake lake;
  private final TableSpec spec;
  private final UnavailableValue unavailable;
  private final LakeTable silver;
  private final SilverTable target;
  private final SilverPlan plan;
  private final Tombstones tombstones;
  private final Quarantine quarantine;
  private final Dataset<Row> changes;
  private final List<Truncate> newTruncates;
  private final CommitToken token;
  private final boolean cutOff;
  private final Optional<Instant> newest;
  private final Instant now;

  /**
   * A batch.
   *
   * @param changes its bronze rows
   * @param newTruncates the truncates among them, newest first
   * @param cutOff whether the merge before it may not have released what it completed
   * @param newest the newest source time among them
   * @param now when it is applied
   */
  SilverBatch(
      Lake lake,
      TableSpec spec,
      UnavailableValue unavailable,
      SilverTable target,
      SilverPlan plan,
      Dataset<Row> changes,
      List<Truncate> newTruncates,
      CommitToken token,
      boolean cutOff,
      Optional<Instant> newest,
      Instant now) {
    this.lake = lake;
    this.spec = spec;
    this.unavailable = unavailable;
    this.silver = lake.silver(spec.name());
    this.target = target;
    this.plan = plan;
    this.tombstones = new Tombstones(lake.tombstones(spec.name()), spec.tombstoneRetention());
    this.quarantine = new Quarantine(lake.quarantine(spec.name()));
    this.changes = changes;
    this.newTruncates = newTruncates;
    this.token = token;
    this.cutOff = cutOff;
    this.newest = newest;
    this.now = now;
  }

  private boolean isSoft() {
    return spec.deletes() == Deletes.SOFT;
  }

  /** Applies it, and tells what became of all its rows, of which so many are truncates. */
  Counts apply(long rowsRead, long truncatesRead, RowDecoders decoders) {
    List<Truncate> truncates = new ArrayList<>(tombstones.truncates());
    truncates.addAll(newTruncates);
    FoldRules rules = new FoldRules(spec.deletes(), Reach.BATCH, truncates, judging());
    Dataset<Row> rows = changes.filter(col(BronzeColumns.OPERATION).notEqual("t"));
    if (!truncates.isEmpty() && !isSoft()) {
      rows = rows.filter(col(BronzeColumns.POSITION).gt(rules.truncates().get(0).position()));
    }
    try (FoldedBatch batch = FoldedBatch.of(rows, decoders, rules, plan)) {
      new BrokenRows(batch, changes).requireNoneFails(spec.name());
      Counts counts = accounted(rowsRead, truncatesRead, batch, truncates.isEmpty());
      // First, so that no row from before it gives a later change the values that it lacks.
      if (!newTruncates.isEmpty()) {
        target.truncate(newTruncates.get(0), now);
      }
      return counts.addAll(applyFolded(batch, rules));
    }
  }

  private Counts accounted(
      long rowsRead, long truncatesRead, FoldedBatch batch, boolean noneTruncated) {
    long truncated = rowsRead - truncatesRead - batch.events();
    if (truncated != 0 && noneTruncated) {
      throw Errors.unaccountedRows(
          "the fold of table " + spec.name(),
          "%d read, %d truncates, %d folded".formatted(rowsRead, truncatesRead, batch.events()));
    }
    return new Counts()
        .add(Count.READ, rowsRead)
        .add(Count.TRUNCATES, truncatesRead)
        .add(Count.OLDER, truncated)
        .add(Count.QUARANTINED, batch.broken().apart())
        .add(Count.FOLDED, batch.events() - batch.keys() - batch.broken().apart());
  }

  /** How rows are corrected and judged; null if nothing is declared of them. */
  private FoldRules.Judging judging() {
    if (spec.rules().areNone()) {
      return null;
    }
    RowJudge judge =
        RowJudge.of(
            lake.spark(),
            spec.name(),
            plan.key(),
            FoldedColumns.columns(plan.columns()),
            spec.rules());
    return new FoldRules.Judging(judge, spec.rules().onQuarantine());
  }

  private Counts applyFolded(FoldedBatch batch, FoldRules rules) {
    // Also of what only gave a row its values; without rows there is nothing to guard.
    Optional<Dataset<Row>> deleted =
        tombstones.after(batch.oldestRow().flatMap(row -> batch.oldest()));
    boolean guard = deleted.isPresent() && !isSoft();
    Dataset<Row> guarded =
        guard
            ? Tombstones.withoutDeleted(batch.rows(), deleted.get())
                .persist(StorageLevel.MEMORY_AND_DISK())
            : batch.rows();
    try {
      Optional<Dataset<Row>> unresolved =
          batch.unavailable().isEmpty()
              ? Optional.empty()
              : Optional.of(unresolved(guarded).localCheckpoint());
      Optional<Refold> refold =
          lateKeys(batch, unresolved, deleted).map(keys -> refold(keys, batch, rules));
      Dataset<Row> others = refold.map(r -> Accepted.without(guarded, r.keys())).orElse(guarded);
      long number = guard || refold.isPresent() ? others.count() : batch.keys();
      Accepted kept = new Accepted(others, number, quarantine, changes, now);
      Counts counts = new Counts();
      long refolded = refold.map(Refold::keysOfBatch).orElse(0L);
      counts.add(Count.OLDER, batch.keys() - kept.count() - refolded);
      refold.ifPresent(r -> counts.addAll(r.accounted()));
      if (unresolved.isPresent()) {
        Dataset<Row> waiting = unresolved.get();
        kept =
            kept.withoutUnresolved(
                refold.map(r -> Accepted.without(waiting, r.keys())).orElse(waiting), counts);
      }
      Optional<String> forgotten = forgottenSince(batch);
      if (forgotten.isPresent()) {
        kept = kept.withoutTooLate(forgotten.get(), silver, plan, counts);
      }
      if (refold.isPresent() && batch.broken().untold() > 0) {
        new BrokenRows(batch, changes).recount(spec.name(), refold.get(), counts);
      }
      return counts.addAll(write(batch, kept, refold));
    } finally {
      if (guard) {
        guarded.unpersist();
      }
    }
  }

  /** The greatest position of a forgotten delete, if the batch has anything so old. */
  private Optional<String> forgottenSince(FoldedBatch batch) {
    // A table that is built from all of bronze forgets nothing.
    return token.expected() == CommitToken.NONE
        ? Optional.empty()
        : tombstones
            .forgotten()
            .filter(f -> batch.oldestRow().filter(o -> o.compareTo(f) <= 0).isPresent());
  }

  /** Changes that need a stored value where no row is stored, or not the one they mean. */
  private Dataset<Row> unresolved(Dataset<Row> folded) {
    String filled =
        "%s AND t.%s > s.%s%s"
            .formatted(
                SilverSql.match(plan),
                SilverColumns.POSITION,
                FoldedColumns.STORED_SINCE,
                isSoft() ? " AND NOT t." + SilverColumns.DELETED : "");
    return folded
        .filter(col(FoldedColumns.STORED_SINCE).isNotNull())
        .as("s")
        .join(silver.read().as("t"), expr(filled), "left_anti");
  }

  private Optional<Dataset<Row>> lateKeys(
      FoldedBatch batch, Optional<Dataset<Row>> unresolved, Optional<Dataset<Row>> deleted) {
    LateKeys late =
        cutOff
            ? new LateKeys().ofAllUnresolved(quarantine)
            : new LateKeys().ofUnresolved(batch, quarantine);
    if (!spec.rules().areNone()) {
      late.ofUntold(batch).ofBrokenLater(batch, quarantine).ofJudgedByOlder(batch, silver, plan);
    }
    unresolved.ifPresent(late::ofUnresolvedBehindDelete);
    if (target.hasFilledRows()) {
      late.ofFilledRows(batch, silver, plan).ofTruncated(newTruncates, silver, bronze());
    }
    if (!batch.unavailable().isEmpty() && deleted.isPresent()) {
      late.ofFilledFromBehindDelete(Tombstones.keysFilledFromBehind(batch.rows(), deleted.get()));
    }
    if (isSoft() && deleted.isPresent()) {
      late.ofDeletedLater(Tombstones.keysDeletedLater(batch.rows(), deleted.get()));
    }
    return late.keys();
  }

  private Refold refold(Dataset<Row> keys, FoldedBatch batch, FoldRules rules) {
    SchemaRules schemaRules = SchemaRules.of(spec, Optional.empty());
    Optional<SilverPlan.Existing> existing = target.existing();
    List<TableSchemas.Stored> history =
        new Redeclared(spec, schemaRules, existing).of(TableSchemas.history(lake, spec.name()));
    Map<String, EventSchema> schemas = TableSchemas.all(history);
    UnfitRows unfit = UnfitRows.of(SilverPlan.of(schemaRules, existing, schemas), spec);
    RowDecoders decoders =
        new RowDecoders(
            plan.columns(),
            schemas,
            unavailable,
            spec.rename(),
            unfit.unfit().keySet(),
            AddedDefaults.of(history, schemaRules, plan.columns()).bySchema());
    FoldRules whole = rules.of(Reach.WHOLE_HISTORY);
    return Refold.of(keys, unfit.without(bronze()), batch, decoders, whole, plan, silver);
  }

  private Dataset<Row> bronze() {
    return lake.bronze(spec.name()).readVersion(token.next());
  }

  private Counts write(FoldedBatch batch, Accepted kept, Optional<Refold> refold) {
    if (token.next() == token.expected()) {
      release(refold); // Silver has all of it: only this was cut off.
      return Counts.none();
    }
    if (!spec.rules().areNone()) {
      new BrokenRows(batch, changes).keep(quarantine, refold, now);
    }
    refold.ifPresent(r -> quarantine.keepPending(r.folded(), r.changes(), now));
    if (batch.deletes() > 0 || !newTruncates.isEmpty() || refold.isPresent()) {
      Dataset<Row> all = refold.map(r -> batch.rows().union(r.folded())).orElse(batch.rows());
      tombstones.remember(all, newTruncates, token, newest, now);
    }
    CrashPoint.AFTER_TOMBSTONES.reach();
    if (!batch.unavailable().isEmpty() || refold.isPresent()) {
      target.prepareForFilledRows();
    }
    SilverSql sql =
        new SilverSql(
            plan,
            traits(refold),
            batch.unavailable(),
            refold.isPresent() ? Optional.empty() : batch.bounds());
    Dataset<Row> source =
        refold
            .map(r -> whole(kept.rows(), lit(false)).union(whole(r.source(), lit(true))))
            .orElse(kept.rows());
    MergeCounts merged = silver.merge(sql.statement(source, now), token);
    release(refold);
    return counted(merged, kept.count(), refold);
  }

  private void release(Optional<Refold> refold) {
    refold
        .filter(r -> quarantine.unresolvedKeys().isPresent())
        .ifPresent(r -> quarantine.release(r.completeKeys()));
    if (!newTruncates.isEmpty()) {
      quarantine.releaseBefore(newTruncates.get(0).position());
    }
    quarantine.released(token);
  }

  private static Dataset<Row> whole(Dataset<Row> rows, org.apache.spark.sql.Column whole) {
    return rows.withColumn(SilverSql.WHOLE, whole);
  }

  private Set<Trait> traits(Optional<Refold> refold) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (isSoft()) {
      traits.add(Trait.SOFT_DELETES);
    }
    if (target.hasFilledRows()) {
      traits.add(Trait.FILLED_FROM);
    }
    if (target.hasFlags()) {
      traits.add(Trait.FLAGS);
    }
    if (target.hasOriginals()) {
      traits.add(Trait.ORIGINALS);
    }
    if (refold.isPresent()) {
      traits.add(Trait.WHOLE_HISTORIES);
    }
    return traits;
  }

  private Counts counted(MergeCounts merged, long rows, Optional<Refold> refold) {
    Counts refolded = refold.map(Refold::done).orElseGet(Counts::none);
    if (merged.source() != rows + refold.map(Refold::size).orElse(0L)) {
      throw Errors.unaccountedRows(
          "the MERGE into " + silver, "%d prepared, %d seen".formatted(rows, merged.source()));
    }
    long inserted = merged.inserted() - refolded.of(Count.INSERTED);
    long updated = merged.updated() - refolded.of(Count.UPDATED);
    long deleted = merged.deleted() - refolded.of(Count.DELETED);
    return new Counts()
        .add(Count.INSERTED, inserted)
        .add(Count.UPDATED, updated)
        .add(Count.DELETED, deleted)
        .add(Count.OLDER, rows - inserted - updated - deleted);
  }
}
