package io.tidemark.ingest.letters;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.ingest.mask.MaskKeys;
import io.tidemark.ingest.mask.Seal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Lists and shows dead letters. */
public final class LetterBook {
  private final Letters letters;
  private final String pipeline;
  private final MaskKeys keys;

  /**
   * The letters of a pipeline.
   *
   * @param keys open sealed letters
   */
  public LetterBook(Lake lake, String pipeline, MaskKeys keys) {
    this.letters = new Letters(lake, pipeline);
    this.pipeline = pipeline;
    this.keys = keys;
  }

  /** The chosen letters in groups, those with the newest letter first. */
  public List<LetterGroup> groups(LetterFilter filter) {
    if (!letters.exist()) {
      return List.of();
    }
    return letters
        .chosen(filter)
        .groupBy(DeadLetterColumns.TABLE, DeadLetterColumns.REASON, Letters.STATUS)
        .agg(
            count(lit(1)),
            min(DeadLetterColumns.FIRST_SEEN),
            max(DeadLetterColumns.FIRST_SEEN).as("newest"),
            max_by(
                struct(DeadLetterColumns.ID, DeadLetterColumns.MESSAGE),
                col(DeadLetterColumns.FIRST_SEEN)))
        .orderBy(col("newest").desc(), col(DeadLetterColumns.REASON))
        .collectAsList()
        .stream()
        .map(LetterBook::group)
        .toList();
  }

  private static LetterGroup group(Row row) {
    Row example = row.getStruct(6);
    return new LetterGroup(
        Optional.ofNullable(row.getString(0)),
        row.getString(1),
        LetterStatus.valueOf(row.getString(2)),
        row.getLong(3),
        row.getAs(4),
        row.getAs(5),
        example.getString(0),
        example.getString(1));
  }

  /**
   * One letter, unsealed.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if there is none of this id,
   *     or the masking key that it is sealed with is missing
   */
  public Letter letter(String id) {
    LetterFilter one =
        new LetterFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(id));
    List<Row> found =
        letters.exist()
            ? letters
                .chosenWithBytes(one)
                .withColumn(
                    DeadLetterColumns.STAGE,
                    coalesce(col(DeadLetterColumns.STAGE), lit(DeadLetterColumns.INGEST)))
                .collectAsList()
            : List.of();
    if (found.isEmpty()) {
      throw Errors.noSuchDeadLetter(pipeline, id);
    }
    return letter(found.get(0));
  }

  private Letter letter(Row row) {
    String id = row.getAs(DeadLetterColumns.ID);
    String sealedWith = row.getAs(DeadLetterColumns.SEALED_WITH);
    Opener opener = opener(id, sealedWith);
    List<Row> headers =
        row.isNullAt(row.fieldIndex(DeadLetterColumns.HEADERS))
            ? List.of()
            : row.getList(row.fieldIndex(DeadLetterColumns.HEADERS));
    return new Letter(
        id,
        Optional.ofNullable(row.getAs(DeadLetterColumns.TABLE)),
        row.getAs(DeadLetterColumns.REASON),
        row.getAs(DeadLetterColumns.MESSAGE),
        row.getAs(DeadLetterColumns.STAGE),
        LetterStatus.valueOf(row.getAs(Letters.STATUS)),
        row.<Long>getAs(Letters.ATTEMPTS),
        row.getAs(DeadLetterColumns.FIRST_SEEN),
        row.getAs(Letters.LAST_ATTEMPT),
        Optional.ofNullable(row.getAs(BronzeColumns.RECORD_TIME)),
        decision(row),
        sealedWith != null,
        opener.open(row.getAs(DeadLetterColumns.KEY)),
        opener.open(row.getAs(DeadLetterColumns.VALUE)),
        headers.stream()
            .map(h -> new Letter.Header(h.getString(0), opener.open(h.getAs(1))))
            .toList());
  }

  private static Optional<String> decision(Row row) {
    Object at = row.getAs(DeadLetterColumns.DECIDED_AT);
    return at == null
        ? Optional.empty()
        : Optional.of(
            "%s at %s by %s%s"
                .formatted(
                    row.<String>getAs(Letters.STATUS).toLowerCase(java.util.Locale.ROOT),
                    at,
                    row.<String>getAs(DeadLetterColumns.DECIDED_BY),
                    Optional.ofNullable(row.<String>getAs(DeadLetterColumns.NOTE))
                        .map(note -> ": " + note)
                        .orElse("")));
  }

  /** Turns stored bytes into those that came. */
  private interface Opener {
    byte[] open(byte[] stored);
  }

  private Opener opener(String id, String sealedWith) {
    if (sealedWith == null) {
      return stored -> stored;
    }
    if (!keys.ids().contains(sealedWith)) {
      throw Errors.sealKeyMissing(id, sealedWith);
    }
    Seal seal = Seal.of(keys, sealedWith);
    return stored -> seal.open(stored, id);
  }
}
