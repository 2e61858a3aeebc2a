package io.tidemark.merge.history;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.merge.fold.FoldRules;
import io.tidemark.merge.history.Truncates.Truncate;
import io.tidemark.merge.silver.Snapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a batch of bronze rows holds, counted in one pass over narrow columns.
 *
 * @param rows all rows
 * @param truncated how many of them are truncates
 * @param truncates these, and the snapshots that became complete
 * @param fingerprints the schemas the rows were written with
 * @param reach from where on the batch can change history; empty if it has no rows
 * @param newest the newest source time
 */
record HistoryInput(
    long rows,
    long truncated,
    List<Truncate> truncates,
    Set<String> fingerprints,
    Optional<Reach> reach,
    Optional<Instant> newest) {

  /** Stands for a time that the source did not give: it may be before all others. */
  private static final Instant UNKNOWN = Instant.parse("0001-01-01T00:00:00Z");

  /**
   * Counts a batch.
   *
   * @param bronze all that has landed of the table, the batch included
   */
  static HistoryInput of(Dataset<Row> changes, Dataset<Row> bronze) {
    boolean reads = false;
    long rows = 0;
    long truncated = 0;
    Set<String> fingerprints = new TreeSet<>();
    Reach reach = null;
    Instant newest = null;
    for (Row group :
        changes
            .groupBy(
                col(BronzeColumns.SCHEMA), col(BronzeColumns.OPERATION).equalTo("t").as("truncate"))
            .agg(
                count(lit(1)),
                min(col(BronzeColumns.POSITION)),
                min(coalesce(col(BronzeColumns.SOURCE_TIME), lit(UNKNOWN))),
                max(col(BronzeColumns.SOURCE_TIME)),
                bool_or(col(BronzeColumns.OPERATION).equalTo("r")))
            .collectAsList()) {
      rows += group.getLong(2);
      truncated += group.getBoolean(1) ? group.getLong(2) : 0;
      fingerprints.add(group.getString(0));
      Reach own = new Reach(LogPlace.of(group.getString(3)), group.getAs(4));
      reach = reach == null ? own : reach.and(own);
      newest = Times.later(newest, group.getAs(5));
      reads |= group.getBoolean(6);
    }
    List<Truncate> ends = new ArrayList<>(truncated == 0 ? List.of() : truncates(changes));
    if (reads) {
      // Their rows may have begun to land long before this batch.
      for (FoldRules.Truncate snapshot : Snapshots.completedBy(changes, bronze)) {
        Truncate end = Truncate.ofSnapshot(snapshot.position(), snapshot.sourceTime());
        ends.add(end);
        Instant time = end.time() == null ? UNKNOWN : end.time();
        reach = reach.and(new Reach(end.position(), time));
      }
    }
    return new HistoryInput(
        rows,
        truncated,
        List.copyOf(ends),
        fingerprints,
        Optional.ofNullable(reach),
        Optional.ofNullable(newest));
  }

  private static List<Truncate> truncates(Dataset<Row> changes) {
    List<Truncate> truncates = new ArrayList<>();
    changes
        .filter(col(BronzeColumns.OPERATION).equalTo("t"))
        .select(BronzeColumns.POSITION, BronzeColumns.SOURCE_TIME)
        .collectAsList()
        .forEach(row -> truncates.add(new Truncate(row.getString(0), row.getAs(1), false)));
    return truncates;
  }
}
