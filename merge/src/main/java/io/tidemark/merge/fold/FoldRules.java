package io.tidemark.merge.fold;

import io.tidemark.core.check.OnQuarantine;
import io.tidemark.core.rule.RowJudge;
import io.tidemark.core.spec.Deletes;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How changes of a key become one.
 *
 * @param deletes whether the row before a delete matters
 * @param reach how much of a key's history the changes are
 * @param truncates the ends of all rows at once, newest first; each counts as a delete of every key
 * @param judging how rows are corrected and judged; null if all are good as they are
 */
public record FoldRules(Deletes deletes, Reach reach, List<Truncate> truncates, Judging judging)
    implements Serializable {

  /** How much of a key's history is folded. */
  public enum Reach {
    /** What has landed since the last time: a stored row may know more. */
    BATCH,
    /** All there is: what no change says is not known. */
    WHOLE_HISTORY
  }

  /**
   * How rows are corrected and judged.
   *
   * @param shown what is shown of a key whose newest row breaks a rule
   */
  public record Judging(RowJudge judge, OnQuarantine shown) implements Serializable {}

  /**
   * The end of all rows.
   *
   * @param position what is before it is gone
   * @param sourceTime when the source says it happened; null if it is not known
   */
  public record Truncate(String position, Instant sourceTime) implements Serializable {}

  /** Sorts the truncates, and keeps a copy that can be serialized. */
  public FoldRules {
    truncates = new ArrayList<>(truncates);
    truncates.sort(Comparator.comparing(Truncate::position).reversed());
  }

  /** The same rules for another part of a key's history. */
  public FoldRules of(Reach other) {
    return new FoldRules(deletes, other, truncates, judging);
  }

  /** Rules for a batch of changes, none of which is before a truncate. */
  public static FoldRules ofBatch(Deletes deletes) {
    return new FoldRules(deletes, Reach.BATCH, List.of(), null);
  }
}
