package io.tidemark.ingest.jdbc;

import io.tidemark.core.database.DeleteLog;
import io.tidemark.core.database.Query;
import io.tidemark.core.database.Snapshot;
import io.tidemark.core.spec.JdbcFeed;
import io.tidemark.core.spec.TableSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a table would be polled; nothing is read but the catalog and a query's plan.
 *
 * @param source the table in its database
 * @param key the columns that tell its rows apart
 * @param rows about how many it has
 * @param slowPlan how the database would look for changed rows, if it would read the whole table
 */
public record PollPeek(String source, List<String> key, long rows, Optional<String> slowPlan) {

  /**
   * Looks.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the table cannot be polled
   *     as the pipeline file says, 4 if the database does not answer
   */
  public static PollPeek of(JdbcFeed feed, TableSpec spec, Snapshot snapshot) {
    PolledTable table = PolledTable.of(spec, snapshot);
    return new PollPeek(
        table.table().qualified(),
        table.key(),
        snapshot.approximateRows(table.table()),
        table.watermark().flatMap(mark -> slowPlan(feed, table, mark, snapshot)));
  }

  /**
   * What would keep the keys of a table's deleted rows.
   *
   * @throws io.tidemark.core.error.TidemarkException as {@link #of}
   */
  public static DeleteLog deleteLog(TableSpec spec, Snapshot snapshot) {
    PolledTable table = PolledTable.of(spec, snapshot);
    return new DeleteLog(table.dialect(), table.table(), table.key());
  }

  /** The plan of the query that a poll would begin with if a row had changed just now. */
  private static Optional<String> slowPlan(
      JdbcFeed feed, PolledTable table, Watermark watermark, Snapshot snapshot) {
    long now = watermark.clock(snapshot.moment().clock());
    Query query = table.byWatermark(OptionalLong.of(now)).boundary(List.of(), feed.chunkRows());
    return table.dialect().wholeRead(snapshot, table.table(), watermark.term(), query);
  }
}
