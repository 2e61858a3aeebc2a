package io.tidemark.merge.fold;

import java.time.Instant;
import java.util.BitSet;

/**
 * All changes of one key in a batch, as one.
 *
 * @param kind what to do with the key's row
 * @param newest the change that decides: the last one in the source's order
 * @param values one for each target column; of a delete only those of the key
 * @param unavailable target columns whose value no change of the batch has: the stored one stays
 * @param events how many changes these were
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
public record FoldedChange(
    Kind kind, BronzeChange newest, Object[] values, BitSet unavailable, long events) {

  /** What to do with the row of a key. */
  public enum Kind {
    UPSERT("u"),
    DELETE("d"),
    /**
     * A value is unavailable, and a delete before the change says that no stored value is it: the
     * events contradict each other.
     */
    CONTRADICTION("x");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The code in the source of the MERGE. */
    public String code() {
      return code;
    }
  }

  Instant sourceTime() {
    return newest.sourceTime();
  }
}
