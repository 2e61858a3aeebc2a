package io.tidemark.core.table;

import io.delta.exceptions.ConcurrentTransactionException;
import io.tidemark.core.error.Errors;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs MERGE with a commit token. Delta takes the token from settings of the session, and skips the
 * statement in silence if the table has it already; so it is looked at before and after.
 */
final class DeltaMerge {
  private static final String TXN_APP = "spark.databricks.delta.write.txnAppId";
  private static final String TXN_VERSION = "spark.databricks.delta.write.txnVersion";
  private static final String SOURCE_VIEW = "tidemark_merge_source";

  private final SparkSession spark;
  private final DeltaLakeTable table;

  DeltaMerge(SparkSession spark, DeltaLakeTable table) {
    this.spark = spark;
    this.table = table;
  }

  MergeCounts merge(MergeStatement statement, CommitToken token) {
    table.requireUnmoved(token);
    statement.source().createOrReplaceTempView(SOURCE_VIEW);
    spark.conf().set(TXN_APP, token.name());
    spark.conf().set(TXN_VERSION, token.next());
    try {
      List<Row> counted =
          spark.sql(MergeSql.of(statement, table.sqlName(), SOURCE_VIEW)).takeAsList(1);
      long source = mergedSourceRows(token);
      if (counted.isEmpty()) { // Skipped: somebody else moved the token to the same value.
        throw Errors.tokenMoved(table.path(), token.name(), token.expected(), token.next());
      }
      Row counts = counted.get(0);
      return new MergeCounts(
          source,
          counts.<Long>getAs("num_inserted_rows"),
          counts.<Long>getAs("num_updated_rows"),
          counts.<Long>getAs("num_deleted_rows"));
    } catch (ConcurrentTransactionException e) {
      table.requireUnmoved(token);
      throw e;
    } finally {
      // Left behind, they would make Delta skip the next write of this session in silence.
      spark.conf().unset(TXN_APP);
      spark.conf().unset(TXN_VERSION);
      spark.catalog().dropTempView(SOURCE_VIEW);
    }
  }

  private long mergedSourceRows(CommitToken token) {
    long found = table.token(token.name());
    if (found != token.next()) {
      throw Errors.tokenMoved(table.path(), token.name(), token.next(), found);
    }
    return Long.parseLong(table.newestCommitMetrics().getOrDefault("numSourceRows", "0"));
  }
}
