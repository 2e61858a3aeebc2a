package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.PolledRound.Overlap;
import io.tidemark.ingest.decode.DecodeSettings;
import io.tidemark.ingest.mask.MaskSettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Finds dead letters of a poll that a poll before it wrote: a bad row comes again in each that
 * overlaps.
 *
 * <p>A letter is replayed at its own position. So it stands for a later reading of the same row
 * only while nothing else was read of that in between, neither another bad row nor a good one.
 *
 * @param pipeline whose letters they are
 * @param topic the name of the source's table, in the place of a topic
 */
record RepeatedLetters(String pipeline, String topic, DecodeSettings settings, MaskSettings masks) {
  private static final String KNOWN_AT = "known_at";

  /**
   * Leaves out the repeated ones.
   *
   * @param rows in the columns of the dead letters
   * @param changes what has landed of the rows' table
   */
  Dataset<Row> without(Dataset<Row> rows, LakeTable letters, LakeTable changes, Overlap overlap) {
    Dataset<Row> known =
        read(letters.read().filter(ofPolls(overlap)))
            .filter(col(BronzeColumns.POSITION).geq(overlap.position()))
            .groupBy(BronzeColumns.KEY)
            .agg(
                max_by(col(LetterReadings.CONTENT), col(BronzeColumns.POSITION))
                    .as(LetterReadings.CONTENT),
                max(BronzeColumns.POSITION).as(KNOWN_AT));
    Dataset<Row> repeated =
        read(rows)
            .join(known, new String[] {BronzeColumns.KEY, LetterReadings.CONTENT})
            .select(
                BronzeColumns.TOPIC,
                BronzeColumns.PARTITION,
                BronzeColumns.OFFSET,
                BronzeColumns.KEY,
                KNOWN_AT)
            .localCheckpoint();
    String oldest = repeated.agg(min(KNOWN_AT)).head().getString(0);
    if (oldest == null) {
      return rows;
    }
    return rows.join(
        changes.exists() ? unchanged(repeated, changes, oldest) : repeated,
        new String[] {BronzeColumns.TOPIC, BronzeColumns.PARTITION, BronzeColumns.OFFSET},
        "left_anti");
  }

  private Column ofPolls(Overlap overlap) {
    Column polled =
        col(BronzeColumns.TOPIC)
            .equalTo(topic)
            .and(col(BronzeColumns.OFFSET).geq(overlap.offset()));
    return col(DeadLetterColumns.PIPELINE)
        .equalTo(pipeline)
        .and(
            coalesce(col(DeadLetterColumns.STAGE), lit(DeadLetterColumns.INGEST))
                .equalTo(DeadLetterColumns.INGEST))
        .and(polled.or(col(BronzeColumns.TOPIC).equalTo(overlap.backfill())));
  }

  /** Those of keys of which no good row has landed behind the letter. */
  private static Dataset<Row> unchanged(Dataset<Row> repeated, LakeTable changes, String oldest) {
    Dataset<Row> landed =
        changes
            .read()
            .filter(col(BronzeColumns.POSITION).gt(oldest))
            .select(
                col(BronzeColumns.KEY).as("landed_key"),
                col(BronzeColumns.POSITION).as("landed_at"));
    return repeated.join(
        landed,
        col(BronzeColumns.KEY).equalTo(col("landed_key")).and(col("landed_at").gt(col(KNOWN_AT))),
        "left_anti");
  }

  /** Letters that are sealed with a key which is gone are not known. */
  private Dataset<Row> read(Dataset<Row> letters) {
    Column sealed = col(DeadLetterColumns.SEALED_WITH);
    return letters
        .filter(sealed.isNull().or(sealed.isin(masks.keys().ids().toArray())))
        .select(OpenSealed.letter())
        .map(new OpenSealed(masks.keys()), Encoders.row(OpenSealed.TYPE))
        .mapPartitions(new LetterReadings(settings, masks), Encoders.row(LetterReadings.TYPE));
  }
}
