package io.tidemark.ingest.letters;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.DeadLetterColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.bronze.OpenSealed;
import io.tidemark.ingest.bronze.ReplayedColumns;
import io.tidemark.ingest.mask.MaskKeys;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Tries open letters again with today's settings.
 *
 * <p>What can be decoded now lands in bronze with the record's own origin and position, so that the
 * merge decides by its guard as if it had come in time. Landing leaves out what bronze has by
 * origin, and decisions are recorded last: cut off anywhere, the same replay can be run again.
 */
public final class LetterReplay {
  /** What is no record cannot be decoded as one: its remedy is a corrected file. */
  private static final Object[] NO_RECORDS = {"BAD_LINE", "TORN_LINE", "DAMAGED_FILE"};

  private final Lake lake;
  private final RunContext context;
  private final BronzeWriter writer;
  private final MaskKeys keys;

  /** A replay with a writer that has today's settings. */
  public LetterReplay(Lake lake, RunContext context, BronzeWriter writer, MaskKeys keys) {
    this.lake = lake;
    this.context = context;
    this.writer = writer;
    this.keys = keys;
  }

  /**
   * Replays the chosen letters that are open.
   *
   * @return letters by what became of them
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the masking key that one
   *     is sealed with is missing, 5 if another process decides about letters meanwhile
   */
  public Counts run(LetterFilter filter) {
    // Encoders take their settings from the thread's session.
    SparkSession.setActiveSession(lake.spark());
    LetterDecisions decisions = new LetterDecisions(lake, context);
    Dataset<Row> open =
        new Letters(lake, context.pipeline())
            .chosenWithBytes(filter)
            .filter(Letters.isOpen().and(not(col(DeadLetterColumns.REASON).isin(NO_RECORDS))))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      requireKeys(open);
      Column merged =
          coalesce(col(DeadLetterColumns.STAGE), lit(DeadLetterColumns.INGEST))
              .equalTo(DeadLetterColumns.MERGE);
      Counts counts = decodedAgain(open.filter(not(merged)), decisions);
      return counts.addAll(offeredAgain(open.filter(merged), decisions));
    } finally {
      open.unpersist();
    }
  }

  private void requireKeys(Dataset<Row> open) {
    for (Row sealed :
        open.filter(col(DeadLetterColumns.SEALED_WITH).isNotNull())
            .dropDuplicates(DeadLetterColumns.SEALED_WITH)
            .select(DeadLetterColumns.ID, DeadLetterColumns.SEALED_WITH)
            .collectAsList()) {
      if (!keys.ids().contains(sealed.getString(1))) {
        throw Errors.sealKeyMissing(sealed.getString(0), sealed.getString(1));
      }
    }
  }

  private Counts decodedAgain(Dataset<Row> letters, LetterDecisions decisions) {
    if (letters.isEmpty()) {
      return Counts.none();
    }
    Dataset<Row> records =
        letters
            .select(OpenSealed.letter())
            .map(new OpenSealed(keys), Encoders.row(OpenSealed.TYPE));
    return writer
        .replay(
            records,
            outcomes -> {
              CrashPoint.AFTER_REPLAYED_CHANGES.reach();
              decisions.record(decided(letters, outcomes));
            })
        .counts();
  }

  private static Dataset<Row> decided(Dataset<Row> letters, Dataset<Row> outcomes) {
    Column origin =
        concat_ws(
            "/", col(BronzeColumns.TOPIC), col(BronzeColumns.PARTITION), col(BronzeColumns.OFFSET));
    Column bad = col(ReplayedColumns.STILL_BAD);
    Dataset<Row> decided =
        outcomes.select(
            origin.as(DeadLetterColumns.ID),
            when(bad, Decision.STILL_BAD.name())
                .otherwise(Decision.REPLAYED.name())
                .as(DeadLetterColumns.DECISION),
            when(bad, col(ReplayedColumns.REASON)).as(DeadLetterColumns.REASON),
            when(bad, col(ReplayedColumns.MESSAGE)).as(DeadLetterColumns.MESSAGE),
            lit(null).cast("string").as(DeadLetterColumns.NOTE));
    return decided.join(
        letters.select(DeadLetterColumns.ID, Letters.WRITTEN), DeadLetterColumns.ID);
  }

  /** Letters of the merge: their changes are in bronze, and are appended again. */
  private Counts offeredAgain(Dataset<Row> letters, LetterDecisions decisions) {
    Counts counts = Counts.none();
    List<Row> tables = letters.select(DeadLetterColumns.TABLE).distinct().collectAsList();
    for (Row table : tables) {
      Dataset<Row> own = letters.filter(col(DeadLetterColumns.TABLE).equalTo(table.getString(0)));
      counts.addAll(writer.offerAgain(table.getString(0), own));
    }
    if (!tables.isEmpty()) {
      decisions.record(
          letters
              .select(DeadLetterColumns.ID, Letters.WRITTEN)
              .withColumn(DeadLetterColumns.DECISION, lit(Decision.REPLAYED.name()))
              .withColumn(DeadLetterColumns.REASON, lit(null).cast("string"))
              .withColumn(DeadLetterColumns.MESSAGE, lit(null).cast("string"))
              .withColumn(DeadLetterColumns.NOTE, lit(null).cast("string")));
    }
    return counts;
  }
}
