package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.tidemark.core.lake.BronzeColumns;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a batch of bronze rows holds, counted in one pass over four narrow columns.
 *
 * @param rows all rows
 * @param reads the rows that a snapshot read among them
 * @param truncates the truncates among them
 * @param lastTruncate the position of the last truncate
 * @param fingerprints the schemas the rows were written with
 * @param newest the newest source time
 */
record BatchSummary(
    long rows,
    long reads,
    long truncates,
    Optional<String> lastTruncate,
    Set<String> fingerprints,
    Optional<Instant> newest) {

  static BatchSummary of(Dataset<Row> changes) {
    long rows = 0;
    long reads = 0;
    long truncates = 0;
    String lastTruncate = null;
    Set<String> fingerprints = new TreeSet<>();
    Instant newest = null;
    for (Row group :
        changes
            .groupBy(col(BronzeColumns.SCHEMA), col(BronzeColumns.OPERATION))
            .agg(
                count(lit(1)),
                max(col(BronzeColumns.POSITION)),
                max(col(BronzeColumns.SOURCE_TIME)))
            .collectAsList()) {
      rows += group.getLong(2);
      fingerprints.add(group.getString(0));
      newest = later(newest, group.getAs(4));
      if (group.getString(1).equals("r")) {
        reads += group.getLong(2);
      } else if (group.getString(1).equals("t")) {
        truncates += group.getLong(2);
        lastTruncate = later(lastTruncate, group.getString(3));
      }
    }
    return new BatchSummary(
        rows,
        reads,
        truncates,
        Optional.ofNullable(lastTruncate),
        fingerprints,
        Optional.ofNullable(newest));
  }

  private static <T extends Comparable<T>> T later(T a, T b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }
}
