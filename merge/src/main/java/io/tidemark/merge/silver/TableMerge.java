package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.TableSchemas;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.schema.EventSchema;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.fold.FoldRules.Truncate;
import io.tidemark.merge.fold.RowDecoders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Applies what has landed in a table's bronze since the last time to its silver.
 *
 * <p>Deletes are remembered first, then one MERGE changes silver and records the bronze version it
 * has applied, in one commit. Cut off anywhere, the next run applies the same changes again, and
 * those that silver has are no longer later than what is stored.
 */
public final class TableMerge {
  private final Lake lake;
  private final TableSpec spec;
  private final UnavailableValue unavailable;
  private final RunContext context;
  private final LakeTable bronze;
  private final LakeTable silver;

  /**
   * A merge of one table.
   *
   * @param lake with a session that no other table uses at the same time
   */
  public TableMerge(Lake lake, TableSpec spec, UnavailableValue unavailable, RunContext context) {
    this.lake = lake;
    this.spec = spec;
    this.unavailable = unavailable;
    this.context = context;
    this.bronze = lake.bronze(spec.name());
    this.silver = lake.silver(spec.name());
  }

  private String table() {
    return spec.name();
  }

  /** The name of the token with the bronze version that silver has applied. */
  public static String tokenName(String pipeline, LakeTable bronze) {
    return "merge/" + pipeline + "/" + bronze.id();
  }

  /** What is known of the last merge of the table. */
  public enum Past {
    /** It came to its end, in this process. */
    WHOLE,
    /** It may have been cut off. */
    UNKNOWN
  }

  /**
   * Merges, and tells what it did; empty if nothing new has landed.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if the changes cannot be
   *     applied without loss; silver is as it was then
   */
  public Optional<StepRecord> run(Past past) {
    Instant started = context.clock().instant();
    String token = tokenName(context.pipeline(), bronze);
    long to = bronze.version();
    long from = silver.token(token);
    boolean cutOff = past == Past.UNKNOWN && isCutOff(token, from);
    if (to <= from && !cutOff) {
      return Optional.empty();
    }
    Dataset<Row> changes = to <= from ? bronze.readVersion(to).limit(0) : landed(from, to);
    BatchSummary summary = BatchSummary.of(changes);
    if (summary.rows() == 0 && !cutOff) {
      return Optional.empty(); // Upkeep of the table; the next change moves the token over it.
    }
    if (summary.rows() == summary.truncates() && !silver.exists() && !spec.appendOnly()) {
      return Optional.empty(); // No change has told the key yet, and there is nothing to remove.
    }
    Counts counts = apply(changes, summary, new CommitToken(token, from, to), cutOff);
    CrashPoint.AFTER_SILVER.reach();
    return Optional.of(
        context.done(
            Step.MERGE,
            table(),
            started,
            counts,
            summary.newest(),
            "{\"bronze_from\":%d,\"bronze_to\":%d,\"silver\":%d}"
                .formatted(from, to, silver.version())));
  }

  private Dataset<Row> landed(long from, long to) {
    return from == CommitToken.NONE ? bronze.readVersion(to) : bronze.appendedBetween(from, to);
  }

  /** Whether the last merge was killed before it let go of what it completed in quarantine. */
  private boolean isCutOff(String token, long from) {
    return from != CommitToken.NONE
        && new Quarantine(lake.quarantine(table())).isBehind(token, from);
  }

  private Counts apply(
      Dataset<Row> changes, BatchSummary summary, CommitToken token, boolean cutOff) {
    List<TableSchemas.Stored> stored = TableSchemas.history(lake, table());
    SilverTable target = new SilverTable(context.pipeline(), silver, spec);
    SchemaRules rules = SchemaRules.of(spec, stored);
    Optional<SilverPlan.Existing> existing = target.existing();
    List<TableSchemas.Stored> history = new Redeclared(spec, rules, existing).of(stored);
    Map<String, EventSchema> schemas = schemas(history, summary.fingerprints());
    SilverPlan plan = SilverPlan.of(rules, existing, schemas);
    Instant now = context.clock().instant();
    UnfitRows unfit = UnfitRows.of(plan, spec);
    long letters =
        unfit.areNone() ? 0 : unfit.keep(lake, context.pipeline(), table(), changes, token, now);
    AddedDefaults defaults = defaults(history, rules, plan);
    target.prepare(plan, defaults);
    RowDecoders decoders =
        new RowDecoders(
            plan.columns(),
            schemas,
            unavailable,
            spec.rename(),
            plan.unfit().keySet(),
            defaults.bySchema());
    Dataset<Row> fit = unfit.without(changes);
    Counts counts = new Counts();
    if (letters > 0) {
      counts.add(Count.READ, letters).add(Count.DEAD_LETTERED, letters);
    }
    if (spec.appendOnly()) {
      return counts.addAll(new EventTable(silver, plan, decoders).append(fit, token, now));
    }
    SilverBatch batch =
        new SilverBatch(
            lake,
            spec,
            unavailable,
            target,
            plan,
            fit,
            newTruncates(changes, summary, token),
            token,
            cutOff,
            summary.newest(),
            now);
    return counts.addAll(batch.apply(summary.rows() - letters, summary.truncates(), decoders));
  }

  /** Events are as they were written, whatever the source's table became later. */
  private AddedDefaults defaults(
      List<TableSchemas.Stored> history, SchemaRules rules, SilverPlan plan) {
    return spec.appendOnly()
        ? AddedDefaults.NONE
        : AddedDefaults.of(history, rules, plan.columns());
  }

  private Map<String, EventSchema> schemas(
      List<TableSchemas.Stored> history, Set<String> fingerprints) {
    Map<String, EventSchema> schemas = TableSchemas.of(history, table(), fingerprints);
    if (spec.appendOnly()) {
      schemas.replaceAll((f, schema) -> new EventSchema(Optional.empty(), schema.row()));
    }
    return schemas;
  }

  /** The truncates of a batch, and the snapshots that it makes complete; newest first. */
  private List<Truncate> newTruncates(
      Dataset<Row> changes, BatchSummary summary, CommitToken token) {
    List<Truncate> truncates = new ArrayList<>();
    if (summary.truncates() > 0) {
      for (Row row :
          changes
              .filter(col(BronzeColumns.OPERATION).equalTo("t"))
              .select(BronzeColumns.POSITION, BronzeColumns.SOURCE_TIME)
              .collectAsList()) {
        truncates.add(new Truncate(row.getString(0), row.<Instant>getAs(1)));
      }
    }
    if (summary.reads() > 0) {
      truncates.addAll(Snapshots.completedBy(changes, bronze.readVersion(token.next())));
    }
    truncates.sort(Comparator.comparing(Truncate::position).reversed());
    return truncates;
  }
}
