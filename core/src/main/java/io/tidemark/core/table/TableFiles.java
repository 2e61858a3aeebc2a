package io.tidemark.core.table;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * What a version of a table consists of.
 *
 * @param version which version
 * @param schema its columns
 * @param files its data files, in no order
 */
public record TableFiles(long version, StructType schema, List<DataFile> files) {
  /** The column with the file's name that {@link LakeTable#rowsOf} puts behind a table's own. */
  public static final String FILE = "_file";

  /** Copies the list. */
  public TableFiles {
    files = List.copyOf(files);
  }
}
