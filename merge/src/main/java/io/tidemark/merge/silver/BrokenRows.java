package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.not;
import static scala.collection.JavaConverters.asScalaBuffer;

import io.tidemark.core.check.RowRule.Action;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.merge.fold.FoldedColumns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/** The rows of a batch that break rules. */
record BrokenRows(FoldedBatch batch, Dataset<Row> changes) {
  private static final int EXAMPLES = 3;

  /**
   * Stops before anything is written where a rule says so.
   *
   * @throws TidemarkException with exit code 3
   */
  void requireNoneFails(String table) {
    if (batch.broken().failing() > 0) {
      requireNoneFails(table, told(batch.all()));
    }
  }

  private static void requireNoneFails(String table, Dataset<Row> told) {
    Dataset<Row> failing =
        told.filter(col(FoldedColumns.BROKEN_ACTION).equalTo(Action.FAIL.name()));
    long number = failing.count();
    if (number > 0) {
      String examples =
          failing.limit(EXAMPLES).collectAsList().stream()
              .map(BrokenRows::example)
              .collect(Collectors.joining("; "));
      throw RuleErrors.failed(table, number, examples);
    }
  }

  private static String example(Row row) {
    return "key %s at %s: %s"
        .formatted(
            row.getAs(BronzeColumns.KEY),
            row.getAs(FoldedColumns.BROKEN_POSITION),
            row.getAs(FoldedColumns.BROKEN_MESSAGE));
  }

  /** Puts them into quarantine, those of keys that were folded anew included. */
  void keep(Quarantine quarantine, Optional<Refold> refold, Instant now) {
    if (batch.broken().rows() > 0) {
      quarantine.keepBroken(refused(batch.all()), changes, now);
    }
    if (refold.isPresent()) {
      Dataset<Row> again = refused(refold.get().rows()).localCheckpoint();
      quarantine.letGoOfKept(refold.get().keys(), again);
      if (!again.isEmpty()) {
        quarantine.keepBroken(again, refold.get().changes(), now);
      }
    }
  }

  /**
   * Counts those of keys that the batch alone could not tell of: their changes were counted as
   * something else.
   *
   * @throws TidemarkException with exit code 3 if one of them breaks a rule that stops the merge
   */
  void recount(String table, Refold refold, Counts counts) {
    Dataset<Row> late =
        refused(refold.rows())
            .join(
                batch.untoldKeys().withColumnRenamed(FoldedColumns.KEY, BronzeColumns.KEY),
                names(BronzeColumns.KEY),
                "left_semi")
            .join(
                changes.select(
                    col(BronzeColumns.POSITION).as(FoldedColumns.BROKEN_POSITION),
                    col(BronzeColumns.KEY)),
                names(FoldedColumns.BROKEN_POSITION, BronzeColumns.KEY))
            .localCheckpoint();
    requireNoneFails(table, late);
    long number = late.filter(not(col(FoldedColumns.BROKEN_DECIDES))).count();
    long older = Math.min(number, counts.of(Count.OLDER));
    counts
        .add(Count.QUARANTINED, number)
        .add(Count.OLDER, -older)
        .add(Count.FOLDED, older - number);
  }

  private static Seq<String> names(String... columns) {
    return asScalaBuffer(List.of(columns)).toSeq();
  }

  private static Dataset<Row> refused(Dataset<Row> folded) {
    return told(folded).filter(not(col(FoldedColumns.BROKEN_ACTION).equalTo(Action.WARN.name())));
  }

  private static Dataset<Row> told(Dataset<Row> folded) {
    return folded
        .select(col(FoldedColumns.KEY).as(BronzeColumns.KEY), explode(col(FoldedColumns.BROKEN)))
        .select(col(BronzeColumns.KEY), col("col.*"));
  }
}
