package io.tidemark.quality.reconcile;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.database.DatabaseTable;
import io.tidemark.core.database.Dialect;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.core.table.SqlNames;
import io.tidemark.quality.reconcile.KeyDifference.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds keys of silver that the source does not have any more. Keys are compared by the hashes of
 * buckets, made on both sides where the rows are; only keys of buckets that differ are looked at.
 */
public final class DeleteSweep {
  /** So many deleted keys are held in memory; of a table that lost more the next sweep tells. */
  private static final int MOST = 500_000;

  private final Lake lake;
  private final TableSpec spec;
  private final Snapshot snapshot;
  private final DatabaseTable source;

  /** A sweep in one view of the source. */
  public DeleteSweep(Lake lake, TableSpec spec, Snapshot snapshot, DatabaseTable source) {
    this.lake = lake;
    this.spec = spec;
    this.snapshot = snapshot;
    this.source = source;
  }

  /**
   * What was found.
   *
   * @param at the view of the source, by its clock
   * @param sourceRows rows of the source
   * @param lakeRows rows of the lake
   * @param keys that the source does not have: the values of the key's columns, as texts of the
   *     source's form
   * @param whole whether there are no others
   * @param moved bytes that the source sent, about
   */
  public record Gone(
      Instant at,
      long sourceRows,
      long lakeRows,
      List<List<String>> keys,
      boolean whole,
      long moved) {}

  /**
   * Compares all keys.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the keys cannot be
   *     compared, 4 if the source does not answer
   */
  public Gone run() {
    FloatBits.register(lake.spark());
    Dataset<Row> rows = ReconciledColumns.live(ReconciledColumns.silver(lake, spec).read());
    ReconciledColumns columns = ReconciledColumns.of(spec, source, rows);
    Dialect dialect = snapshot.dialect();
    RowNumber key = columns.keyNumber(dialect, Sample.ALL);
    RowNumber row = columns.hash(dialect, columns.key());
    Buckets buckets =
        new Buckets(
            dialect, source, key, row, Buckets.bits(snapshot.approximateRows(source)), Sample.ALL);
    SourceSide side = SourceSide.of(snapshot, columns, buckets, columns.key());
    BucketComparison.Found found =
        new BucketComparison(side, buckets, rows, Kind.MISSING_IN_SOURCE::equals, MOST).run();
    return new Gone(
        snapshot.moment().clock(),
        found.source(),
        found.lake(),
        keys(rows, columns, key, found.keys()),
        found.keys().size() < MOST,
        side.moved());
  }

  private List<List<String>> keys(
      Dataset<Row> rows, ReconciledColumns columns, RowNumber key, Map<Long, Kind> gone) {
    List<List<String>> keys = new ArrayList<>();
    if (gone.isEmpty()) {
      return keys;
    }
    Column[] selected =
        columns.key().stream()
            .map(c -> col(SqlNames.quote(columns.lake().get(c).name())))
            .toArray(Column[]::new);
    for (Row row : key.rows(rows, gone.keySet()).select(selected).collectAsList()) {
      List<String> one = new ArrayList<>();
      for (int i = 0; i < selected.length; i++) {
        one.add(KeyTexts.of(source.type(columns.key().get(i)), row.get(i)));
      }
      keys.add(one);
    }
    return keys;
  }
}
