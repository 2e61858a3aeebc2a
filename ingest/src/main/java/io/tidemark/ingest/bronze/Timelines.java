package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.error.Errors;
import io.tidemark.core.event.log.BinlogPosition;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import io.tidemark.ingest.bronze.BatchContent.Stretch;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.order.OrderMaps;
import io.tidemark.ingest.order.OrderStore;
import io.tidemark.ingest.order.TimelineWalk;
import io.tidemark.ingest.order.TimelineWalk.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Learns the timelines of GTIDs from batches that show a source nobody has seen there before. */
final class Timelines {
  private static final String RUN = "run";
  private static final String TRANSACTION_NUMBER = "transaction_number";

  private final String pipeline;
  private final Lake lake;
  private final OrderStore store;

  Timelines(String pipeline, Lake lake, OrderStore store) {
    this.pipeline = pipeline;
    this.lake = lake;
    this.store = store;
  }

  /**
   * Learns what a batch shows.
   *
   * @return whether something was learnt: then the batch must be decoded again
   */
  boolean learn(BatchContent content, Dataset<Row> decoded, OrderMaps known, Instant now) {
    Set<String> tables =
        content.stretches().stream()
            .filter(stretch -> stretch.lineage().isPresent())
            .map(Stretch::table)
            .collect(Collectors.toSet());
    boolean learnt = false;
    for (String table : tables) {
      learnt |= learn(table, content.stretchesOf(table), decoded, known, now);
    }
    return learnt;
  }

  private boolean learn(
      String table, List<Stretch> stretches, Dataset<Row> decoded, OrderMaps maps, Instant now) {
    int epoch = maps.newestEpoch(table);
    Map<String, TreeMap<Long, Integer>> known = maps.timelinesOf(table, epoch);
    LogOrder order = new LogOrder(pipeline, table, lake.bronze(table), epoch);
    Map<Partition, Set<String>> lineages =
        stretches.stream()
            .filter(stretch -> stretch.lineage().isPresent())
            .collect(
                Collectors.groupingBy(
                    Stretch::partition,
                    TreeMap::new,
                    Collectors.mapping(s -> s.lineage().orElseThrow(), Collectors.toSet())));
    TimelineWalk walk = new TimelineWalk(known);
    lineages.forEach(
        (partition, sources) -> {
          int timeline = BinlogPosition.timelineOf(Math.max(0, order.highest(partition)));
          if (sources.size() > 1
              || !TimelineWalk.isCalm(known, timeline, sources.iterator().next())) {
            List<Run> runs = runs(decoded, table, partition, order.landed(partition));
            walk.partition(timeline, order.shown(partition), runs);
          }
        });
    if (walk.isNoSuccession()) {
      throw Errors.primariesAlternate(pipeline, table, walk.learnt().size());
    }
    if (walk.learnt().isEmpty()) {
      return false;
    }
    store.learn(table, epoch, walk.learnt(), now);
    return true;
  }

  private List<Run> runs(Dataset<Row> decoded, String table, Partition partition, long landed) {
    WindowSpec inOrder = Window.orderBy(BronzeColumns.OFFSET);
    Column lineage = col(DecodedColumns.LINEAGE);
    Column begins = coalesce(lineage.notEqual(lag(lineage, 1).over(inOrder)), lit(true));
    Dataset<Row> changes =
        decoded
            .filter(
                col(DecodedColumns.OUTCOME)
                    .equalTo(Outcome.CHANGE.name())
                    .and(col(DecodedColumns.TABLE).equalTo(table))
                    .and(lineage.isNotNull())
                    .and(Holds.condition(partition, landed)))
            .select(
                col(BronzeColumns.OFFSET),
                lineage,
                col(DecodedColumns.COMMIT_ORDER)
                    .bitwiseAND(lit(BinlogPosition.transactionOf(-1L)))
                    .as(TRANSACTION_NUMBER))
            .withColumn(RUN, sum(when(begins, 1L).otherwise(0L)).over(inOrder));
    return changes
        .groupBy(col(RUN), lineage)
        .agg(max(TRANSACTION_NUMBER), min(BronzeColumns.OFFSET), max(BronzeColumns.OFFSET))
        .orderBy(RUN)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Run(
                    row.getString(1),
                    row.getLong(2),
                    above -> firstAbove(changes, row.getLong(3), row.getLong(4), above)))
        .toList();
  }

  private static long firstAbove(Dataset<Row> changes, long first, long last, long above) {
    return changes
        .filter(
            col(BronzeColumns.OFFSET).between(first, last).and(col(TRANSACTION_NUMBER).gt(above)))
        .agg(min(TRANSACTION_NUMBER))
        .head()
        .getLong(0);
  }
}
