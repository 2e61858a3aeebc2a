package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How a table of a database is polled.
 *
 * @param watermark a column, an expression in the database's SQL, or {@link #XMIN}: what rises when
 *     a row changes
 * @param lag how far behind the highest watermark each poll begins again
 * @param softDelete the column that tells whether the source has deleted a row: it has unless the
 *     value is null, false or 0
 * @param deleteLog the source's table with the keys of deleted rows, and when they were deleted
 * @param sweep how often the keys of all rows are compared, to find rows that were deleted without
 *     a trace; zero for never
 */
public record PollSpec(
    Optional<String> watermark,
    Lag lag,
    Optional<String> softDelete,
    Optional<String> deleteLog,
    Duration sweep) {
  /** PostgreSQL's number of the transaction that wrote a row. */
  public static final String XMIN = "xmin";

  /** Refuses missing parts. */
  public PollSpec {
    requireNonNull(watermark, "watermark");
    requireNonNull(lag, "lag");
    requireNonNull(softDelete, "softDelete");
    requireNonNull(deleteLog, "deleteLog");
    requireNonNull(sweep, "sweep");
  }

  /** Of a table of which the pipeline file says nothing about polls. */
  static PollSpec withDefaults() {
    return new PollSpec(
        JdbcSettings.TABLE_WATERMARK.defaultValue(),
        JdbcSettings.TABLE_LAG.defaultValue(),
        JdbcSettings.TABLE_SOFT_DELETE.defaultValue(),
        JdbcSettings.TABLE_DELETE_LOG.defaultValue(),
        JdbcSettings.TABLE_SWEEP.defaultValue());
  }
}
