package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.when;

import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import io.tidemark.ingest.bronze.BatchContent.Stretch;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.bronze.LogOrder.Break;
import io.tidemark.ingest.order.CommitMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Tells changes that are sent again from a log that began anew, where a batch is below what was
 * there before it.
 *
 * <p>A connector that was restarted sends some changes twice: each of them is in bronze already, or
 * earlier in the batch, with the same place in the log, key and operation. A change that is not is
 * new, and its log runs backwards.
 */
final class LogReplay {
  private static final String IDENTITY = "identity";
  private static final String BEFORE = "before";
  private static final String TRUE_FLOOR = "true_floor";

  /** A GTID is the same on every server, its file and position are not. */
  private static final String WITH_GTID = "^[0-9]{4}\\.(?!00000)[0-9]{5}-";

  private final LakeTable bronze;
  private final Dataset<Row> fresh;

  /**
   * Looks at some partitions of a decoded batch.
   *
   * @param order what the table has landed of them
   */
  LogReplay(
      LakeTable bronze,
      Dataset<Row> decoded,
      String table,
      LogOrder order,
      List<Partition> partitions) {
    this.bronze = bronze;
    Column wanted = lit(false);
    Column highest = lit(LogPosition.UNKNOWN);
    for (Partition partition : partitions) {
      Column here =
          col(BronzeColumns.TOPIC)
              .equalTo(partition.topic())
              .and(col(BronzeColumns.PARTITION).equalTo(partition.number()));
      wanted = wanted.or(here.and(col(BronzeColumns.OFFSET).geq(order.landed(partition))));
      highest = when(here, lit(order.highest(partition))).otherwise(highest);
    }
    Column floor = col(DecodedColumns.COMMIT_FLOOR);
    this.fresh =
        decoded
            .filter(
                col(DecodedColumns.OUTCOME)
                    .equalTo(Outcome.CHANGE.name())
                    .and(col(DecodedColumns.TABLE).equalTo(table))
                    .and(col(DecodedColumns.COMMIT_ORDER).isNotNull())
                    .and(col(BronzeColumns.POSITION).startsWith(order.epochText()))
                    .and(wanted))
            .withColumn(TRUE_FLOOR, when(floor.lt(0), floor.bitwiseXOR(lit(-1L))).otherwise(floor))
            .withColumn(
                BEFORE,
                greatest(
                    highest,
                    coalesce(
                        max(col(DecodedColumns.COMMIT_ORDER)).over(earlier()),
                        lit(LogPosition.UNKNOWN))))
            .withColumn(IDENTITY, identity());
  }

  private static WindowSpec earlier() {
    return Window.partitionBy(BronzeColumns.TOPIC, BronzeColumns.PARTITION)
        .orderBy(BronzeColumns.OFFSET)
        .rowsBetween(Window.unboundedPreceding(), -1);
  }

  private static Column identity() {
    Column position = col(BronzeColumns.POSITION);
    return when(position.rlike(WITH_GTID), substring_index(position, "-", 2))
        .otherwise(substring_index(position, ".", 3));
  }

  private static Column key() {
    return coalesce(col(BronzeColumns.KEY), lit("")).as(BronzeColumns.KEY);
  }

  /** The first new change of each partition that is below what came before it. */
  Map<Partition, Break> breaks() {
    Dataset<Row> unseen =
        fresh
            .withColumn(BronzeColumns.KEY, key())
            .withColumn(
                "once",
                min(col(BronzeColumns.OFFSET))
                    .over(
                        Window.partitionBy(
                            BronzeColumns.TOPIC,
                            BronzeColumns.PARTITION,
                            IDENTITY,
                            BronzeColumns.KEY,
                            BronzeColumns.OPERATION)))
            .filter(
                col(TRUE_FLOOR)
                    .lt(col(BEFORE))
                    .and(col("once").equalTo(col(BronzeColumns.OFFSET))));
    Map<Partition, Break> breaks = new TreeMap<>();
    Column found =
        struct(BronzeColumns.OFFSET, BronzeColumns.POSITION, DecodedColumns.COMMIT_ORDER, BEFORE);
    for (Row row :
        notInBronze(unseen)
            .groupBy(BronzeColumns.TOPIC, BronzeColumns.PARTITION)
            .agg(min(found))
            .collectAsList()) {
      Row first = row.getStruct(2);
      breaks.put(
          new Partition(row.getString(0), row.getInt(1)),
          new Break(first.getLong(0), first.getString(1), first.getLong(2), first.getLong(3)));
    }
    return breaks;
  }

  private Dataset<Row> notInBronze(Dataset<Row> unseen) {
    if (!bronze.exists()) {
      return unseen;
    }
    Row range = unseen.agg(min(IDENTITY), max(IDENTITY)).head();
    if (range.isNullAt(0)) {
      return unseen;
    }
    Dataset<Row> seen =
        bronze
            .read()
            // Lets the files be skipped that hold other stretches of the log.
            .filter(
                col(BronzeColumns.POSITION)
                    .geq(range.getString(0))
                    .and(col(BronzeColumns.POSITION).lt(range.getString(1) + "~")))
            .select(
                col(BronzeColumns.TOPIC),
                col(BronzeColumns.PARTITION),
                identity().as(IDENTITY),
                key(),
                col(BronzeColumns.OPERATION));
    return unseen.join(
        seen,
        new String[] {
          BronzeColumns.TOPIC,
          BronzeColumns.PARTITION,
          IDENTITY,
          BronzeColumns.KEY,
          BronzeColumns.OPERATION
        },
        "left_anti");
  }

  /** What the changes before the breaks tell about their log. */
  List<Stretch> forward(Map<Partition, Break> breaks) {
    Dataset<Row> before = fresh;
    for (Map.Entry<Partition, Break> found : breaks.entrySet()) {
      before = before.filter(not(Holds.condition(found.getKey(), found.getValue().offset())));
    }
    List<Stretch> stretches = new ArrayList<>();
    for (Row row :
        before
            .groupBy(
                DecodedColumns.TABLE,
                BronzeColumns.TOPIC,
                BronzeColumns.PARTITION,
                DecodedColumns.LINEAGE)
            .agg(
                min(BronzeColumns.OFFSET),
                max(BronzeColumns.OFFSET),
                max(DecodedColumns.COMMIT_ORDER))
            .collectAsList()) {
      stretches.add(
          new Stretch(
              row.getString(0),
              new Partition(row.getString(1), row.getInt(2)),
              0,
              Optional.ofNullable(row.getString(3)),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6),
              CommitMark.EXEMPT));
    }
    return stretches;
  }
}
