package io.tidemark.merge.rebuild;

import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import java.util.Optional;

/** What is built anew of a table: its rows, and what merges remember besides them. */
sealed interface RebuiltLayer permits RebuiltSilver, RebuiltHistory {
  /** What it is called in paths and reports. */
  String word();

  /** The kind of step that a merge of it is. */
  Step step();

  /** The table that is read. */
  LakeTable live();

  /** The table that is built. */
  LakeTable staged();

  /** The name of the token with the bronze version that either has applied. */
  String token();

  /** Brings the built table up to bronze; empty if there was nothing to do. */
  Optional<StepRecord> build();

  /**
   * Takes note of what is remembered now; before the built table is brought up for the last time.
   */
  void remember();

  /** Adds to what is remembered what goes with the built rows. */
  void add();

  /** Takes away from it what went with the rows before, now that they are replaced. */
  void settle(CommitToken merged, LostRows lost);

  /** What the table has that cannot have come from bronze as it is. */
  LostRows lost();
}
