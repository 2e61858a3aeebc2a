package io.tidemark.merge.rebuild;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.schema.UnavailableValue;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.silver.SilverMemory;
import io.tidemark.merge.silver.TableMerge;
import io.tidemark.merge.silver.TableMerge.Past;
import io.tidemark.merge.silver.UnfitRows;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table's current rows, built anew by the merge itself. */
final class RebuiltSilver implements RebuiltLayer {
  private final Lake lake;
  private final Lake stage;
  private final TableSpec spec;
  private final UnavailableValue unavailable;
  private final RunContext context;
  private SilverMemory memory;

  RebuiltSilver(
      Lake lake, Lake stage, TableSpec spec, UnavailableValue unavailable, RunContext context) {
    this.lake = lake;
    this.stage = stage;
    this.spec = spec;
    this.unavailable = unavailable;
    this.context = context;
  }

  @Override
  public String word() {
    return "silver";
  }

  @Override
  public Step step() {
    return Step.MERGE;
  }

  @Override
  public LakeTable live() {
    return lake.silver(spec.name());
  }

  @Override
  public LakeTable staged() {
    return stage.silver(spec.name());
  }

  @Override
  public String token() {
    return TableMerge.tokenName(context.pipeline(), lake.bronze(spec.name()));
  }

  @Override
  public Optional<StepRecord> build() {
    return new TableMerge(stage, spec, unavailable, context).run(Past.WHOLE);
  }

  @Override
  public void remember() {
    memory = new SilverMemory(lake, stage, spec);
  }

  @Override
  public void add() {
    memory.add();
    UnfitRows.keepAll(stage, lake, context.pipeline(), spec.name());
  }

  @Override
  public void settle(CommitToken merged, LostRows lost) {
    memory.settle(merged);
  }

  /** Rows that are kept as deleted are not looked at: a snapshot that ended one has no position. */
  @Override
  public LostRows lost() {
    Dataset<Row> rows = live().read();
    if (List.of(rows.columns()).contains(SilverColumns.DELETED)) {
      rows = rows.filter(not(col(SilverColumns.DELETED)));
    }
    Dataset<Row> lost = LostRows.without(rows, lake.bronze(spec.name()).read());
    Optional<Dataset<Row>> waiting = SilverMemory.waiting(stage, spec.name());
    if (waiting.isPresent()) {
      lost = lost.union(LostRows.at(rows, waiting.get()));
    }
    return LostRows.of(live(), lost);
  }
}
