package io.tidemark.merge.fold;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All changes of one key in a batch, as one.
 *
 * @param kind what to do with the key's row
 * @param newest the change that decides: the last one in the source's order
 * @param values one for each target column; of a delete only those of the key
 * @param unavailable target columns whose value the deciding change lacks, with the position of the
 *     older change whose value was taken instead, or an empty text if none has one. A stored row
 *     that is later than that knows better: old changes come again after a connector's restart.
 * @param storedSince empty if all values are known; else a stored row has to give the others, and
 *     it must be later than this: the position of a delete between, or an empty text
 * @param events how many changes these were
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
public record FoldedChange(
    Kind kind,
    BronzeChange newest,
    Object[] values,
    Map<Integer, String> unavailable,
    Optional<String> storedSince,
    long events) {

  /** What to do with the row of a key. */
  public enum Kind {
    UPSERT("u"),
    DELETE("d");

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
