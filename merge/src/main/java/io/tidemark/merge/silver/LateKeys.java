package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.QuarantineColumns;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.table.LakeTable;
import io.tidemark.merge.fold.FoldRules.Truncate;
import io.tidemark.merge.fold.FoldedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Finds the keys of which a batch and the stored row do not say enough together: the newest of the
 * two is not all that counts.
 */
final class LateKeys {
  /** So many keys are some megabytes. */
  private static final long FEW = 50_000;

  private final List<Dataset<Row>> found = new ArrayList<>();

  /**
   * Keys whose stored row has values from changes before its own, where the batch has a change
   * between: it may know a value better, or be the end of what gave it.
   */
  LateKeys ofFilledRows(FoldedBatch batch, LakeTable silver, SilverPlan plan) {
    if (batch.oldest().isEmpty()) {
      return this;
    }
    Dataset<Row> filled =
        silver
            .read()
            .filter(col(SilverColumns.FILLED_FROM).isNotNull())
            .filter(col(SilverColumns.POSITION).gt(batch.oldest().get()));
    // In order, the batch is later than all files of the table, and none is read.
    if (!filled.isEmpty()) {
      String between =
          "%s AND s.%s < t.%s AND s.%s > t.%s"
              .formatted(
                  SilverSql.match(plan),
                  FoldedColumns.OLDEST,
                  SilverColumns.POSITION,
                  SilverColumns.POSITION,
                  SilverColumns.FILLED_FROM);
      found.add(
          batch
              .all()
              .as("s")
              .join(filled.as("t"), expr(between), "left_semi")
              .select(FoldedColumns.KEY));
    }
    return this;
  }

  /** Keys of the batch whose rows are to be judged and lack values there. */
  LateKeys ofUntold(FoldedBatch batch) {
    if (batch.broken().untold() > 0) {
      found.add(batch.untoldKeys());
    }
    return this;
  }

  /**
   * Keys of the batch with a change that is older than one in quarantine: it may know better what
   * that, or one between the two, was judged by.
   */
  LateKeys ofBrokenLater(FoldedBatch batch, Quarantine quarantine) {
    Optional<Dataset<Row>> later = batch.oldest().flatMap(quarantine::brokenAfter);
    // In order, the batch is later than all that is there.
    if (later.isPresent() && !later.get().isEmpty()) {
      found.add(
          batch
              .all()
              .as("s")
              .join(
                  later.get().as("q"),
                  expr(
                      "s.%s = q.%s AND s.%s < q.%s"
                          .formatted(
                              FoldedColumns.KEY,
                              BronzeColumns.KEY,
                              FoldedColumns.OLDEST,
                              QuarantineColumns.POSITION)),
                  "left_semi")
              .select(FoldedColumns.KEY));
    }
    return this;
  }

  /**
   * Keys of the batch whose rows were judged with values from changes that are older than the
   * stored row: that may know them better.
   */
  LateKeys ofJudgedByOlder(FoldedBatch batch, LakeTable silver, SilverPlan plan) {
    if (batch.unavailable().isEmpty() && batch.broken().rows() == 0) {
      return this;
    }
    Dataset<Row> later =
        silver.read().filter(col(SilverColumns.POSITION).gt(batch.oldest().orElseThrow()));
    // In order, the batch is later than all files of the table, and none is read.
    if (!later.isEmpty()) {
      String filled =
          "%s AND s.%s < t.%s AND (s.%s IS NOT NULL OR exists(s.%s, b -> b.%s IS NOT NULL))"
              .formatted(
                  SilverSql.match(plan),
                  FoldedColumns.OLDEST,
                  SilverColumns.POSITION,
                  FoldedColumns.FILLED_FROM,
                  FoldedColumns.BROKEN,
                  FoldedColumns.BROKEN_FILLED_FROM);
      found.add(
          batch
              .all()
              .as("s")
              .join(later.as("t"), expr(filled), "left_semi")
              .select(FoldedColumns.KEY));
    }
    return this;
  }

  private static Dataset<Row> ofBatch(FoldedBatch batch, Dataset<Row> keys) {
    return batch
        .all()
        .join(keys, col(FoldedColumns.KEY).equalTo(keys.col(BronzeColumns.KEY)), "left_semi")
        .select(FoldedColumns.KEY);
  }

  /** Keys of the batch that have a change in quarantine which waits for a value. */
  LateKeys ofUnresolved(FoldedBatch batch, Quarantine quarantine) {
    quarantine.unresolvedKeys().ifPresent(keys -> found.add(ofBatch(batch, keys)));
    return this;
  }

  /** All keys that have a change in quarantine which waits for a value, or did. */
  LateKeys ofAllUnresolved(Quarantine quarantine) {
    quarantine
        .unresolvedKeys()
        .ifPresent(keys -> found.add(keys.select(col(BronzeColumns.KEY).as(FoldedColumns.KEY))));
    return this;
  }

  /** Keys with a delete between a change without values and anything that could give them. */
  LateKeys ofUnresolvedBehindDelete(Dataset<Row> unresolved) {
    found.add(
        unresolved
            .filter(
                not(col(FoldedColumns.STORED_SINCE).equalTo(""))
                    .or(col(FoldedColumns.KIND).equalTo("d")))
            .select(FoldedColumns.KEY));
    return this;
  }

  /** Keys with a remembered delete between a change and what gave it values in the batch. */
  LateKeys ofFilledFromBehindDelete(Dataset<Row> keys) {
    found.add(keys);
    return this;
  }

  /** Keys that were deleted later: a row for it is to be kept as deleted. */
  LateKeys ofDeletedLater(Dataset<Row> keys) {
    found.add(keys);
    return this;
  }

  /** Keys, of any batch, whose stored row has values from before a truncate that came late. */
  LateKeys ofTruncated(List<Truncate> truncates, LakeTable silver, Dataset<Row> bronze) {
    if (!truncates.isEmpty()) {
      String first = truncates.get(truncates.size() - 1).position();
      String last = truncates.get(0).position();
      Dataset<Row> rows =
          silver
              .read()
              .filter(col(SilverColumns.FILLED_FROM).lt(last))
              .filter(col(SilverColumns.POSITION).gt(first))
              .select(col(SilverColumns.POSITION).as("__filled"));
      found.add(
          bronze
              .join(rows, col(BronzeColumns.POSITION).equalTo(col("__filled")), "left_semi")
              .select(col(BronzeColumns.KEY).as(FoldedColumns.KEY)));
    }
    return this;
  }

  /** The keys found, each once; empty if there are none. */
  Optional<Dataset<Row>> keys() {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> keys =
        found.stream()
            .reduce(Dataset::union)
            .orElseThrow()
            .filter(col(FoldedColumns.KEY).isNotNull())
            .distinct()
            .localCheckpoint();
    long number = keys.count();
    // Few keys are sought in all of bronze, which is not to be shuffled for them.
    return number == 0
        ? Optional.empty()
        : Optional.of(number > FEW ? keys : functions.broadcast(keys));
  }
}
