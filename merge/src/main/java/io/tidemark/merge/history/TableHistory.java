package io.tidemark.merge.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.error.Errors;
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
import io.tidemark.core.schema.LakeField;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.MergeCounts;
import io.tidemark.core.table.SqlNames;
import io.tidemark.merge.fold.FoldPartition;
import io.tidemark.merge.fold.RowDecoders;
import io.tidemark.merge.history.Truncates.Truncate;
import io.tidemark.merge.silver.Redeclared;
import io.tidemark.merge.silver.SchemaRules;
import io.tidemark.merge.silver.SilverPlan;
import io.tidemark.merge.silver.UnfitRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;

/**
 * Applies what has landed in a table's bronze since the last time to its history.
 *
 * <p>What leaves no interval is remembered first, then one commit changes history and records the
 * bronze version it has applied. Cut off anywhere, the next run applies the same changes again.
 * Progress is history's own: silver may be ahead or behind.
 */
public final class TableHistory {
  private final Lake lake;
  private final TableSpec spec;
  private final String table;
  private final UnavailableValue unavailable;
  private final RunContext context;
  private final LakeTable bronze;
  private final LakeTable history;

  /**
   * The history of one table.
   *
   * @param lake with a session that no other table uses at the same time
   */
  public TableHistory(Lake lake, TableSpec spec, UnavailableValue unavailable, RunContext context) {
    this.lake = lake;
    this.spec = spec;
    this.table = spec.name();
    this.unavailable = unavailable;
    this.context = context;
    this.bronze = lake.bronze(table);
    this.history = lake.history(table);
  }

  /** The name of the token with the bronze version that history has applied. */
  public static String tokenName(String pipeline, LakeTable bronze) {
    return "history/" + pipeline + "/" + bronze.id();
  }

  /**
   * Applies, and tells what it did; empty if nothing new has landed.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if the changes cannot be
   *     applied without loss; history is as it was then
   */
  public Optional<StepRecord> run() {
    Instant started = context.clock().instant();
    String token = tokenName(context.pipeline(), bronze);
    long to = bronze.version();
    long from = history.token(token);
    if (to <= from) {
      return Optional.empty();
    }
    Dataset<Row> changes =
        from == CommitToken.NONE ? bronze.readVersion(to) : bronze.appendedBetween(from, to);
    HistoryInput input = HistoryInput.of(changes, bronze.readVersion(to));
    if (input.rows() == 0) {
      return Optional.empty(); // Upkeep of the table; the next change moves the token over it.
    }
    if (input.rows() == input.truncated() && !history.exists()) {
      return Optional.empty(); // No change has told the key yet, and there is nothing to close.
    }
    Counts counts = apply(changes, input, new CommitToken(token, from, to));
    CrashPoint.AFTER_HISTORY.reach();
    return Optional.of(
        context.done(
            Step.HISTORY,
            table,
            started,
            counts,
            input.newest(),
            "{\"bronze_from\":%d,\"bronze_to\":%d,\"history\":%d}"
                .formatted(from, to, history.version())));
  }

  private Counts apply(Dataset<Row> changes, HistoryInput input, CommitToken token) {
    List<TableSchemas.Stored> all = TableSchemas.history(lake, table);
    HistoryTable target = new HistoryTable(context.pipeline(), history);
    boolean fresh = !history.exists();
    SchemaRules rules = SchemaRules.of(spec, all);
    Optional<SilverPlan.Existing> existing = target.existing();
    List<TableSchemas.Stored> stored = new Redeclared(spec, rules, existing).of(all);
    Map<String, EventSchema> schemas = TableSchemas.of(stored, table, input.fingerprints());
    SilverPlan plan = SilverPlan.of(rules, existing, schemas);
    UnfitRows unfit = UnfitRows.of(plan, spec);
    long letters =
        unfit.areNone()
            ? 0
            : unfit.keep(
                lake, context.pipeline(), table, changes, token, context.clock().instant());
    target.prepare(table, plan);
    HistoryMarks marks = new HistoryMarks(lake.historyMarks(table), keyFields(plan));
    List<Truncate> truncates = new ArrayList<>(marks.truncates());
    truncates.addAll(input.truncates());
    RowDecoders decoders =
        new RowDecoders(plan.columns(), schemas, unavailable, spec.rename(), plan.unfit().keySet());
    Dataset<Row> decoded = decoded(unfit.without(changes), plan, decoders);
    if (!fresh) {
      decoded = decoded.persist(StorageLevel.MEMORY_AND_DISK());
    }
    try {
      Dataset<Row> elements = fresh ? decoded : withKnown(decoded, input, plan, marks);
      String reach = fresh ? "" : input.reach().orElseThrow().place();
      try (HistoryBatch batch = HistoryBatch.of(elements, plan, Truncates.of(truncates), reach)) {
        Counts counts = accounted(input, letters, batch);
        write(batch, input, plan, marks, fresh, token);
        return counts;
      }
    } finally {
      decoded.unpersist();
    }
  }

  private static List<LakeField> keyFields(SilverPlan plan) {
    return plan.columns().stream().filter(column -> plan.key().contains(column.name())).toList();
  }

  private static Dataset<Row> decoded(Dataset<Row> changes, SilverPlan plan, RowDecoders decoders) {
    return changes
        .filter(col(BronzeColumns.OPERATION).notEqual("t"))
        .select(FoldPartition.INPUT.stream().map(functions::col).toArray(Column[]::new))
        .map(new DecodeChanges(decoders), Encoders.row(HistoryRows.type(plan.columns())));
  }

  /** The batch's changes with the intervals and marks that are within their reach. */
  private Dataset<Row> withKnown(
      Dataset<Row> decoded, HistoryInput input, SilverPlan plan, HistoryMarks marks) {
    Reach reach = input.reach().orElseThrow();
    // A truncate or a complete snapshot concerns every key; else only those of the batch do.
    boolean all = !input.truncates().isEmpty();
    Dataset<Row> stored = history.read().filter(reach.condition(""));
    Dataset<Row> elements =
        decoded.union(as(HistoryRows.STORED, all ? stored : ofKeys(stored, decoded, plan), plan));
    if (marks.areWithin(reach)) {
      Dataset<Row> known = marks.keyed();
      elements =
          elements.union(as(HistoryRows.MARK, all ? known : ofKeys(known, decoded, plan), plan));
    }
    return elements;
  }

  private static Dataset<Row> ofKeys(Dataset<Row> rows, Dataset<Row> changes, SilverPlan plan) {
    return rows.as("t").join(changes.as("s"), expr(HistorySql.sameKey(plan.key())), "left_semi");
  }

  /** Rows of another table in the columns of elements, null where it has none. */
  private static Dataset<Row> as(String role, Dataset<Row> rows, SilverPlan plan) {
    List<String> found = List.of(rows.columns());
    List<Column> columns = new ArrayList<>();
    for (StructField field : HistoryRows.type(plan.columns()).fields()) {
      Column column =
          field.name().equals(HistoryRows.ROLE)
              ? lit(role)
              : found.contains(field.name()) ? rows.col(SqlNames.quote(field.name())) : lit(null);
      columns.add(column.cast(field.dataType()).as(field.name()));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private Counts accounted(HistoryInput input, long letters, HistoryBatch batch) {
    Counts counts =
        batch.counts().add(Count.READ, input.rows()).add(Count.TRUNCATES, input.truncated());
    if (letters > 0) {
      counts.add(Count.DEAD_LETTERED, letters);
    }
    if (counts.unaccounted() != 0) {
      throw Errors.unaccountedRows("the history of table " + table, counts.toString());
    }
    return counts;
  }

  private void write(
      HistoryBatch batch,
      HistoryInput input,
      SilverPlan plan,
      HistoryMarks marks,
      boolean fresh,
      CommitToken token) {
    Instant now = context.clock().instant();
    if (!input.truncates().isEmpty()) {
      marks.remember(lake.spark(), input.truncates(), now);
    }
    if (batch.marks() > 0) {
      marks.remember(batch.toRemember(), now);
    }
    CrashPoint.AFTER_HISTORY_MARKS.reach();
    if (fresh) {
      Dataset<Row> rows = batch.intervals().as("s").select(HistorySql.columns(plan, now));
      verify(batch, new MergeCounts(0, history.append(rows, List.of(token)), 0, 0));
    } else {
      Reach reach = input.reach().orElseThrow();
      verify(batch, history.merge(HistorySql.merge(plan, batch.intervals(), reach, now), token));
    }
  }

  private void verify(HistoryBatch batch, MergeCounts merged) {
    if (merged.inserted() != batch.inserts()
        || merged.updated() != batch.updates()
        || merged.deleted() != batch.removals()) {
      throw Errors.unaccountedRows(
          "the MERGE into " + history,
          "planned %d inserts, %d updates and %d removals; made %d, %d and %d"
              .formatted(
                  batch.inserts(),
                  batch.updates(),
                  batch.removals(),
                  merged.inserted(),
                  merged.updated(),
                  merged.deleted()));
    }
  }
}
