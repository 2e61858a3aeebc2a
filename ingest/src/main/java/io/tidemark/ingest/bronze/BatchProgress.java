package io.tidemark.ingest.bronze;

import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How the tables of a lake prove what of a batch they have, so that a batch that was cut off can be
 * landed again.
 */
sealed interface BatchProgress
    permits ProgressByOffsets, ProgressByNumber, ProgressByOrigin, ProgressByRound {
  /** What the batch's tokens are once all tables have it but for what is held, by name. */
  Map<String, Long> ends(BatchContent content, Holds holds);

  /** From where on a table is held whose log breaks; empty for the whole batch. */
  Map<Partition, Long> heldFrom(Map<Partition, Long> breaks);

  /** What a table lacks of the rows of a batch that are its own. */
  Missing missing(LakeTable table, Dataset<Row> rows, List<Group> groups);

  /**
   * What a table lacks.
   *
   * @param rows the rows it lacks
   * @param tokens what its commit proves; empty if it lacks nothing
   * @param all whether it lacks all rows of the batch
   */
  record Missing(Dataset<Row> rows, List<CommitToken> tokens, boolean all) {}
}
