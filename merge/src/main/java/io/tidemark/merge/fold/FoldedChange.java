package io.tidemark.merge.fold;

import io.tidemark.core.rule.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All changes of one key in a batch, or in its whole history, as one.
 *
 * @param kind what to do with the key's row
 * @param newest the change that decides: the last one in the source's order that is resolved
 * @param values one for each target column; of a delete without a row only those of the key
 * @param rowPosition the position of the last change that has a row; empty for a delete that takes
 *     none with it, or only rows that nobody keeps
 * @param unavailable target columns whose value that change lacks, with the position of the older
 *     change whose value was taken instead, or an empty text if none has one. A stored row that is
 *     later than that knows better: old changes come again after a connector's restart.
 * @param storedSince empty if all values are known; else a stored row has to give the others, and
 *     it must be later than this: the position of a delete between, or an empty text
 * @param filledFrom position of the oldest change that gave a value; empty if the newest has all
 * @param oldest the oldest position that had a part in this
 * @param pending of a whole history: the columns that the changes after the last delete know no
 *     value of, with the position of the newest of them; empty if there are none
 * @param events how many changes these were
 * @param broken those of them whose row breaks a rule; of whole histories and batches alike
 * @param flags the rules that the row itself breaks, where such rows are shown
 * @param originals the texts of what the source had in the row's corrected columns; null for NULL
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
public record FoldedChange(
    Kind kind,
    BronzeChange newest,
    Object[] values,
    Optional<String> rowPosition,
    Map<Integer, String> unavailable,
    Optional<String> storedSince,
    Optional<String> filledFrom,
    String oldest,
    Map<Integer, String> pending,
    long events,
    List<BrokenRow> broken,
    List<String> flags,
    Map<String, String> originals) {

  /**
   * A change whose row breaks a rule.
   *
   * @param position of the change
   * @param decides whether it made the row that is applied, or a delete of it
   * @param filledFrom position of the oldest change that gave it a value; empty if it has all
   *     itself
   */
  public record BrokenRow(
      String position, Judgement judgement, boolean decides, Optional<String> filledFrom) {}

  /** What to do with the row of a key. */
  public enum Kind {
    UPSERT("u"),
    DELETE("d"),
    /** Nothing yet: the key has changes, but no complete row and no delete. */
    PENDING("p"),
    /** Nothing: each row of the key breaks a rule. */
    REFUSED("q"),
    /** Nothing of a whole history may be shown: a stored row goes, and no delete is remembered. */
    NONE("x"),
    /** The batch alone cannot tell: rows that rules are to judge lack values. */
    UNTOLD("w");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The code in the source of the MERGE. */
    public String code() {
      return code;
    }
  }
}
