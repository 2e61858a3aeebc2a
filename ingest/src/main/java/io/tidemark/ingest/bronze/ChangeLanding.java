package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.CrashPoint;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.order.OrderMaps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Lands the changes of one batch, each table's in a commit of its own, and holds the tables whose
 * log runs backwards. Safe for several threads.
 */
final class ChangeLanding {
  private final String pipeline;
  private final Lake lake;
  private final Holds holds;
  private final Batch batch;

  ChangeLanding(String pipeline, Lake lake, Holds holds, Batch batch) {
    this.pipeline = pipeline;
    this.lake = lake;
    this.holds = holds;
    this.batch = batch;
  }

  /**
   * What is to land.
   *
   * @param decoded the records, in {@link DecodedColumns}
   * @param content what they are
   * @param progress how a table tells which of them it has
   * @param order the epochs of the tables
   * @param now when they land
   */
  record Batch(
      Dataset<Row> decoded,
      BatchContent content,
      BatchProgress progress,
      OrderMaps order,
      Instant now) {}

  /**
   * Lands the changes of one table.
   *
   * @param source the table's name in its source
   */
  Counts land(String table, String source) {
    LakeTable bronze = lake.bronze(table);
    bronze.create(
        new TableDefinition(
            BronzeColumns.changeLog(),
            List.of(BronzeColumns.LANDED_DATE),
            Map.of(
                BronzeColumns.SOURCE_TABLE_PROPERTY,
                source,
                BronzeColumns.PIPELINE_PROPERTY,
                pipeline),
            TableDefinition.Feature.APPEND_LOG));
    Dataset<Row> rows =
        batch
            .decoded()
            .filter(
                col(DecodedColumns.OUTCOME)
                    .equalTo(Outcome.CHANGE.name())
                    .and(col(DecodedColumns.TABLE).equalTo(table)))
            .withColumn(BronzeColumns.LANDED_AT, lit(batch.now()))
            .withColumn(BronzeColumns.LANDED_DATE, lit(batch.now()).cast("date"));
    LogOrder order = new LogOrder(pipeline, table, bronze, batch.order().newestEpoch(table));
    List<CommitToken> tokens = watched(table, order);
    Counts counts = landAllowed(table, bronze, rows, tokens);
    CrashPoint.AFTER_BRONZE_TABLE.reach();
    return counts;
  }

  /** Holds the table where its log runs backwards, and tells how far it has come else. */
  private List<CommitToken> watched(String table, LogOrder order) {
    if (batch.progress() instanceof ProgressByOrigin) {
      return order.check(List.of(), batch.decoded()).tokens(); // They come late, and out of order.
    }
    Map<Partition, Long> held = holds.of(table);
    LogOrder.Verdict verdict =
        order.check(
            batch.content().stretchesOf(table).stream()
                .filter(stretch -> !held.containsKey(stretch.partition()))
                .toList(),
            batch.decoded());
    Map<Partition, Long> breaks = new TreeMap<>();
    verdict.breaks().forEach((partition, found) -> breaks.put(partition, found.offset()));
    if (!breaks.isEmpty()) {
      Partition first = breaks.keySet().iterator().next();
      holds.add(
          table,
          batch.progress().heldFrom(breaks),
          order.error(first, verdict.breaks().get(first)));
      if (batch.progress() instanceof ProgressByNumber) {
        order.remember(breaks);
      }
    }
    return verdict.tokens();
  }

  private Counts landAllowed(
      String table, LakeTable bronze, Dataset<Row> rows, List<CommitToken> tokens) {
    List<Group> groups = batch.content().changesOf(table);
    BronzeAppend append = new BronzeAppend(batch.progress(), bronze);
    if (!holds.holds(table) || batch.progress() instanceof ProgressByOrigin) {
      return append.append(rows, groups, Count.LANDED, tokens);
    }
    if (batch.progress() instanceof ProgressByNumber planned) {
      return held(planned, bronze, rows, groups);
    }
    Dataset<Row> allowed = rows.filter(not(Holds.condition(holds.of(table))));
    List<Group> landing = BatchContent.of(allowed).changesOf(table);
    return append
        .append(allowed, landing, Count.LANDED, tokens)
        .add(Count.HELD, records(groups) - records(landing));
  }

  private Counts held(
      ProgressByNumber planned, LakeTable bronze, Dataset<Row> rows, List<Group> groups) {
    if (planned.missing(bronze, rows, groups).tokens().isEmpty()) {
      return new Counts().add(Count.REPLAYED, records(groups));
    }
    holds.addBatch(planned.number());
    return new Counts().add(Count.HELD, records(groups));
  }

  private static long records(List<Group> groups) {
    return groups.stream().mapToLong(Group::records).sum();
  }
}
