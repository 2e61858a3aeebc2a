package io.tidemark.merge.rebuild;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.lake.HistoryColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.history.HistoryMemory;
import io.tidemark.merge.history.TableHistory;
import io.tidemark.merge.silver.UnfitRows;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table's intervals, built anew by the history step itself. */
final class RebuiltHistory implements RebuiltLayer {
  private final Lake lake;
  private final Lake stage;
  private final TableSpec spec;
  private final UnavailableValue unavailable;
  private final RunContext context;
  private HistoryMemory memory;

  RebuiltHistory(
      Lake lake, Lake stage, TableSpec spec, UnavailableValue unavailable, RunContext context) {
    this.lake = lake;
    this.stage = stage;
    this.spec = spec;
    this.unavailable = unavailable;
    this.context = context;
  }

  @Override
  public String word() {
    return "history";
  }

  @Override
  public Step step() {
    return Step.HISTORY;
  }

  @Override
  public LakeTable live() {
    return lake.history(spec.name());
  }

  @Override
  public LakeTable staged() {
    return stage.history(spec.name());
  }

  @Override
  public String token() {
    return TableHistory.tokenName(context.pipeline(), lake.bronze(spec.name()));
  }

  @Override
  public Optional<StepRecord> build() {
    return new TableHistory(stage, spec, unavailable, context).run();
  }

  @Override
  public void remember() {
    memory = new HistoryMemory(lake, stage, spec.name());
  }

  @Override
  public void add() {
    memory.add();
    UnfitRows.keepAll(stage, lake, context.pipeline(), spec.name());
  }

  /** Where bronze has lost changes, old marks may be all that is known of deletes. */
  @Override
  public void settle(CommitToken merged, LostRows lost) {
    if (lost.rows() == 0) {
      memory.settle();
    }
  }

  @Override
  public LostRows lost() {
    Dataset<Row> intervals = live().read();
    Dataset<Row> known = intervals.filter(col(HistoryColumns.UNRESOLVED).isNull());
    Dataset<Row> unknown =
        staged()
            .read()
            .filter(col(HistoryColumns.UNRESOLVED).isNotNull())
            .select(HistoryColumns.POSITION);
    return LostRows.of(
        live(),
        LostRows.without(intervals, lake.bronze(spec.name()).read())
            .union(LostRows.at(known, unknown)));
  }
}
