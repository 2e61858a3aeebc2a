package io.tidemark.core.run;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges the rows that a table is about to have, before any reader sees them: write, audit,
 * publish.
 */
public interface Gate {
  /** Lets everything through: for pipelines without checks. */
  Gate OPEN =
      (table, candidate) ->
          new TableVerdict(table, -1, -1, java.time.Instant.EPOCH, java.util.List.of());

  /** The verdict on rows that are to become a table's next version. */
  TableVerdict judge(TableRef table, Dataset<Row> candidate);
}
