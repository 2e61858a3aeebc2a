package io.tidemark.merge.history;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.merge.history.Truncates.Truncate;
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
 * @param truncates these
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

  static HistoryInput of(Dataset<Row> changes) {
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
                max(col(BronzeColumns.SOURCE_TIME)))
            .collectAsList()) {
      rows += group.getLong(2);
      truncated += group.getBoolean(1) ? group.getLong(2) : 0;
      fingerprints.add(group.getString(0));
      Reach own = new Reach(LogPlace.of(group.getString(3)), group.getAs(4));
      reach = reach == null ? own : reach.and(own);
      newest = Times.later(newest, group.getAs(5));
    }
    return new HistoryInput(
        rows,
        truncated,
        truncated == 0 ? List.of() : truncates(changes),
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
        .forEach(row -> truncates.add(new Truncate(row.getString(0), row.getAs(1))));
    return truncates;
  }
}
