package io.tidemark.core.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One table of the lake: a folder with versions, each made by one atomic commit.
 *
 * <p>Every writing method commits exactly once or fails without a trace. A commit whose token has
 * moved since it was planned fails: another writer was there. Instances hold no state of their own
 * and may be shared between threads.
 */
public interface LakeTable {
  /** The table's folder, as a Hadoop path. */
  String path();

  /** Whether the table has at least one version. */
  boolean exists();

  /** Creates the empty table; does nothing where it exists. */
  void create(TableDefinition definition);

  /** The newest version. */
  long version();

  /** An identity that a table keeps for life, and that a table created anew at the path lacks. */
  String id();

  /** The columns of the newest version. */
  StructType schema();

  /** Whether the newest version has a column, spelled like this. */
  default boolean hasColumn(String name) {
    return schema().getFieldIndex(name).isDefined();
  }

  /** The properties the table was created with. */
  Map<String, String> properties();

  /** The newest value of every commit token whose name starts so. */
  Map<String, Long> tokens(String namePrefix);

  /** The newest value of a commit token, or {@link CommitToken#NONE}. */
  default long token(String name) {
    return tokens(name).getOrDefault(name, CommitToken.NONE);
  }

  /** All rows of the newest version. */
  Dataset<Row> read();

  /** All rows of one version. */
  Dataset<Row> readVersion(long version);

  /** The newest version's files. */
  TableFiles files();

  /** A version's files. */
  TableFiles filesOf(long version);

  /**
   * The rows appended by the versions after {@code fromVersion} up to and including {@code
   * toVersion}.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if those versions have
   *     expired
   */
  Dataset<Row> appendedBetween(long fromVersion, long toVersion);

  /**
   * From now on {@link #changedBetween} can tell what a version changed; does nothing where it can
   * already.
   */
  void trackChanges();

  /**
   * The rows that the versions after {@code fromVersion} up to and including {@code toVersion}
   * inserted, deleted, or changed; of a changed row the values before and after.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if those versions have
   *     expired
   */
  Dataset<Row> changedBetween(long fromVersion, long toVersion);

  /**
   * Appends rows.
   *
   * @return the number of rows written
   */
  long append(Dataset<Row> rows, List<CommitToken> tokens);

  /** Replaces all rows, and the columns where they differ, in one commit. */
  void replace(Dataset<Row> rows, List<CommitToken> tokens);

  /**
   * Replaces all rows, and the columns where they differ, in one commit; where there is no table
   * yet, this commit creates it, so that nobody ever sees it without its rows.
   */
  void replace(TableDefinition definition, Dataset<Row> rows, List<CommitToken> tokens);

  /**
   * Replaces all rows, the columns, and some properties in one commit.
   *
   * @param properties the properties to set; others stay
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if another writer committed
   *     since the tokens were read, or while the rows were written
   */
  void replace(Dataset<Row> rows, Map<String, String> properties, List<CommitToken> tokens);

  /**
   * Removes the rows that a version had; what was appended since stays, and so does what was
   * rewritten since, by a delete or a compaction.
   *
   * @throws io.tidemark.core.error.TidemarkException as {@link #replace(Dataset, Map, List)}
   */
  void forget(long version, List<CommitToken> tokens);

  /** How much there is to read. */
  TableSize size();

  /** Applies one MERGE. */
  MergeCounts merge(MergeStatement statement, CommitToken token);

  /** Deletes the rows for which the SQL condition holds; returns how many. */
  long delete(String condition);

  /**
   * Changes the rows for which the SQL condition holds; returns how many.
   *
   * @param assignments column to SQL expression over the row as it was
   */
  long update(String condition, Map<String, String> assignments);

  /** Gives a column another name; its values stay. */
  void renameColumn(String from, String to);

  /** Sets properties of the table; others stay as they are. */
  void setProperties(Map<String, String> properties);

  /** Rewrites small files into few; the rows stay as they are. */
  void compact();

  /**
   * Adds nullable columns.
   *
   * @param after the column behind which they stand; empty for the front
   */
  void addColumns(List<StructField> columns, Optional<String> after);
}
