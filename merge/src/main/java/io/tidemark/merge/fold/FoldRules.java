package io.tidemark.merge.fold;

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
 */
public record FoldRules(Deletes deletes, Reach reach, List<Truncate> truncates)
    implements Serializable {

  /** How much of a key's history is folded. */
  public enum Reach {
    /** What has landed since the last time: a stored row may know more. */
    BATCH,
    /** All there is: what no change says is not known. */
    WHOLE_HISTORY
  }

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

  /** Rules for a batch of changes, none of which is before a truncate. */
  public static FoldRules ofBatch(Deletes deletes) {
    return new FoldRules(deletes, Reach.BATCH, List.of());
  }
}
