package io.tidemark.core.table;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A MERGE: which rows meet, and what becomes of them. In all conditions the target is {@code t} and
 * the source is {@code s}.
 *
 * @param source the rows to apply; at most one for each row of the target
 * @param matchCondition SQL condition under which a source row means a target row
 * @param deleteCondition SQL condition under which a matched row is deleted, or {@link #NEVER}
 * @param updateCondition SQL condition under which a matched row that is not deleted is updated, or
 *     {@link #NEVER}
 * @param updates target column to SQL expression
 * @param insertCondition SQL condition under which a source row without a target row is inserted
 * @param inserts target column to SQL expression
 */
public record MergeStatement(
    Dataset<Row> source,
    String matchCondition,
    String deleteCondition,
    String updateCondition,
    Map<String, String> updates,
    String insertCondition,
    Map<String, String> inserts) {

  /** The condition that never holds: Delta plans a MERGE that cannot delete more cheaply. */
  public static final String NEVER = "false";
}
