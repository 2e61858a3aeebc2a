package io.tidemark.merge.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.tidemark.core.check.BadTables;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.Gate;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.VerdictDetail;
import io.tidemark.core.spec.GoldSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.SqlNames;
import io.tidemark.core.table.TableDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * A mart, recomputed in full when a table it reads has changed, judged, and only then replaced, in
 * one commit.
 *
 * <p>The commit carries the silver versions it was computed from, at the least: a table that
 * changes meanwhile makes the next pass compute again.
 *
 * <p>The candidate is kept by Spark while it is judged, on disk where memory does not hold it, and
 * is written once, when it is good. A staged table would have to be written, judged and then
 * written again or moved: twice the work for what Spark's disk does already, and something that a
 * reader could take for the mart.
 */
final class Mart {
  private final GoldSpec spec;
  private final Optional<CheckedTable> checks;
  private final Lake lake;
  private final RunContext context;
  private final Gate gate;
  private final Path pipeline;
  private final LakeTable target;

  Mart(
      GoldSpec spec,
      Optional<CheckedTable> checks,
      Lake lake,
      RunContext context,
      Gate gate,
      Path pipeline) {
    this.spec = spec;
    this.checks = checks;
    this.lake = lake;
    this.context = context;
    this.gate = gate;
    this.pipeline = pipeline;
    this.target = lake.gold(spec.name());
  }

  /** What it would be made of now. */
  MartBasis basis(BadTables bad) {
    return new MartTokens(spec, checks, lake).basis(bad);
  }

  /**
   * Computes, judges and replaces it.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 3 if it must stay as it is,
   *     because of what it would become or of what it reads
   */
  StepRecord publish(MartBasis basis) {
    if (!basis.badSources().isEmpty()) {
      throw MartErrors.held(spec.name(), basis.badSources(), pipeline);
    }
    Instant started = context.clock().instant();
    Dataset<Row> rows = lake.spark().sql(spec.sqlText()).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long written = rows.count();
      requireKey(rows);
      Optional<TableVerdict> verdict = judge(rows);
      target.replace(
          new TableDefinition(rows.schema(), List.of(), Map.of(), TableDefinition.Feature.REPLACED),
          rows,
          basis.tokens());
      return context.done(
          Step.GOLD,
          spec.name(),
          started,
          Counts.none(),
          Optional.empty(),
          detail(written, verdict));
    } finally {
      rows.unpersist();
    }
  }

  private String detail(long rows, Optional<TableVerdict> verdict) {
    long version = target.version();
    return verdict
        .map(judged -> VerdictDetail.of(judged, version, rows, ""))
        .orElse(VerdictDetail.unjudged(version, rows))
        .json();
  }

  private Optional<TableVerdict> judge(Dataset<Row> rows) {
    if (checks.isEmpty()) {
      return Optional.empty();
    }
    TableVerdict verdict = gate.judge(checks.get().table(), rows);
    if (verdict.verdict() == Verdict.FAIL) {
      throw MartErrors.rejected(spec.name(), verdict, pipeline);
    }
    return Optional.of(verdict);
  }

  private void requireKey(Dataset<Row> rows) {
    List<String> columns = List.of(rows.columns());
    for (String column : spec.key()) {
      if (!columns.contains(column)) {
        throw MartErrors.keyMissing(spec.name(), column, columns);
      }
    }
    Column[] key = spec.key().stream().map(c -> col(SqlNames.quote(c))).toArray(Column[]::new);
    Column isNull =
        spec.key().stream()
            .map(c -> col(SqlNames.quote(c)).isNull())
            .reduce(Column::or)
            .orElseThrow();
    List<Row> broken =
        rows.groupBy(key)
            .agg(count(lit(1)).as("__rows"))
            .filter(col("__rows").gt(1).or(isNull))
            .limit(1)
            .collectAsList();
    if (!broken.isEmpty()) {
      throw MartErrors.keyBroken(spec.name(), spec.key(), broken.get(0).toString());
    }
  }
}
