package io.tidemark.core.table;

import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What a version of a table consists of, listed once. */
public interface TableFiles {
  /** The column with a file's name that {@link #rows} puts behind the table's own. */
  String FILE = "_file";

  /** Which version. */
  long version();

  /** Its columns. */
  StructType schema();

  /** Its data files, in no order. */
  List<DataFile> files();

  /** The rows of some of these files, with {@link #FILE} behind the table's columns. */
  Dataset<Row> rows(Collection<DataFile> some);
}
