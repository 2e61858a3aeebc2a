package io.tidemark.merge.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.SilverColumns;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.MergeCounts;
import io.tidemark.core.table.MergeStatement;
import io.tidemark.core.table.SqlNames;
import io.tidemark.merge.fold.EventRows;
import io.tidemark.merge.fold.RowDecoders;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * A table in which every change event is a row: creates, updates and deletes, truncates and rows of
 * snapshots. One that comes again is there already, see {@link AppendColumns#of}.
 */
record EventTable(LakeTable silver, SilverPlan plan, RowDecoders decoders) {

  /** Appends the events of a batch that are not there yet. */
  Counts append(Dataset<Row> changes, CommitToken token, Instant now) {
    Dataset<Row> distinct =
        AppendColumns.of(changes, now)
            .dropDuplicates(AppendColumns.EVENT_ID)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Row range =
          distinct
              .agg(
                  count(lit(1)), min(col(SilverColumns.POSITION)), max(col(SilverColumns.POSITION)))
              .head();
      long rows = changes.count();
      Dataset<Row> source =
          distinct.mapPartitions(
              new EventRows(decoders),
              Encoders.row(EventRows.type(plan.columns(), AppendColumns.type())));
      MergeCounts merged =
          silver.merge(statement(source, range.getString(1), range.getString(2)), token);
      if (merged.source() != range.getLong(0)) {
        throw Errors.unaccountedRows(
            "the append to " + silver,
            "%d prepared, %d seen".formatted(range.getLong(0), merged.source()));
      }
      return new Counts()
          .add(Count.READ, rows)
          .add(Count.INSERTED, merged.inserted())
          .add(Count.REPLAYED, rows - merged.inserted());
    } finally {
      distinct.unpersist();
    }
  }

  /** In order, all files of the table end before the batch begins, and none is read. */
  private MergeStatement statement(Dataset<Row> source, String first, String last) {
    Map<String, String> inserts = new LinkedHashMap<>();
    Stream.of(source.columns()).forEach(name -> inserts.put(name, "s." + SqlNames.quote(name)));
    return new MergeStatement(
        source,
        "t.%1$s = s.%1$s AND t.%2$s BETWEEN %3$s AND %4$s"
            .formatted(
                AppendColumns.EVENT_ID,
                SilverColumns.POSITION,
                SqlNames.literal(first),
                SqlNames.literal(last)),
        MergeStatement.NEVER,
        MergeStatement.NEVER,
        Map.of(),
        "true",
        inserts);
  }
}
