package io.tidemark.merge.convergence;

import java.util.Map;

/**
 * One entry of a source's log.
 *
 * @param lsn its place in the log
 * @param op the envelope's code
 * @param key the row's key; null for a truncate
 * @param row the row after the change, {@link #UNLOGGED} where the source did not log a value; null
 *     for deletes and truncates
 * @param extended whether the table had its additional column already
 */
record SourceEvent(long lsn, String op, String key, Map<String, Object> row, boolean extended) {
  /** Stands for a value that the source did not log. */
  static final Object UNLOGGED = "__debezium_unavailable_value";
}
