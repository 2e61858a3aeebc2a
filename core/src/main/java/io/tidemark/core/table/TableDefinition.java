package io.tidemark.core.table;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * What a table is created with.
 *
 * @param columns its columns in order
 * @param partitionedBy the columns whose values become folders; empty for none
 * @param properties the table's properties, kept in its metadata
 * @param feature what the table must be able to do beyond holding rows
 */
public record TableDefinition(
    StructType columns,
    List<String> partitionedBy,
    Map<String, String> properties,
    Feature feature) {

  /** How a table is written, which decides the format features it is created with. */
  public enum Feature {
    /** Rows are only appended, and readers follow the appended rows version by version. */
    APPEND_LOG,
    /** Rows are updated and deleted by key. */
    MERGE_TARGET,
    /** The whole table is replaced at once. */
    REPLACED
  }

  /** Of a log without partitions and properties of its own. */
  public static TableDefinition log(StructType columns) {
    return new TableDefinition(columns, List.of(), Map.of(), Feature.APPEND_LOG);
  }

  public TableDefinition {
    partitionedBy = List.copyOf(partitionedBy);
    properties = Map.copyOf(properties);
  }
}
