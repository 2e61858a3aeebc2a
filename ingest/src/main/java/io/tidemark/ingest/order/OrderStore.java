package io.tidemark.ingest.order;

import static org.apache.spark.sql.functions.col;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.table.LakeTable;
import io.tidemark.core.table.TableDefinition;
import io.tidemark.ingest.order.OrderMaps.Epoch;
import io.tidemark.ingest.order.TimelineWalk.Start;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The epochs and timelines of one pipeline's tables, in the lake: {@code bronze/_epochs} and {@code
 * bronze/_timelines}. Both grow by a row in years; most lakes have neither.
 */
public final class OrderStore {
  private static final StructType EPOCHS =
      new StructType()
          .add("pipeline", DataTypes.StringType)
          .add("table", DataTypes.StringType)
          .add("epoch", DataTypes.IntegerType)
          .add("topic", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("first_offset", DataTypes.LongType)
          .add("declared_at", DataTypes.TimestampType)
          .add("declared_by", DataTypes.StringType)
          .add("reason", DataTypes.StringType);

  private static final StructType TIMELINES =
      new StructType()
          .add("pipeline", DataTypes.StringType)
          .add("table", DataTypes.StringType)
          .add("epoch", DataTypes.IntegerType)
          .add("source", DataTypes.StringType)
          .add("from_transaction", DataTypes.LongType)
          .add("ordinal", DataTypes.IntegerType)
          .add("learnt_at", DataTypes.TimestampType);

  private final Lake lake;
  private final String pipeline;

  /** A store of one pipeline. */
  public OrderStore(Lake lake, String pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
  }

  /** Everything that is known now. */
  public OrderMaps read() {
    Map<String, TreeMap<Integer, Map<String, Long>>> epochs = new HashMap<>();
    for (Declared row : declared()) {
      Map<String, Long> boundary =
          epochs
              .computeIfAbsent(row.table(), t -> new TreeMap<>())
              .computeIfAbsent(row.epoch(), e -> new HashMap<>());
      if (row.topic() != null) {
        boundary.put(row.topic() + "/" + row.partition(), row.firstOffset());
      }
    }
    Map<String, List<Epoch>> byTable = new HashMap<>();
    epochs.forEach(
        (table, numbers) -> {
          List<Epoch> list = new ArrayList<>();
          numbers.forEach((number, boundary) -> list.add(new Epoch(number, boundary)));
          byTable.put(table, list);
        });
    return new OrderMaps(byTable, timelines());
  }

  private Map<String, Map<String, TreeMap<Long, Integer>>> timelines() {
    Map<String, Map<String, TreeMap<Long, Integer>>> timelines = new HashMap<>();
    for (Row row : rows(lake.timelines())) {
      timelines
          .computeIfAbsent(
              OrderMaps.scope(row.getString(1), row.getInt(2)), scope -> new HashMap<>())
          .computeIfAbsent(row.getString(3), source -> new TreeMap<>())
          .put(row.getLong(4), row.getInt(5));
    }
    return timelines;
  }

  private List<Row> rows(LakeTable table) {
    return table.exists()
        ? table.read().filter(col("pipeline").equalTo(pipeline)).collectAsList()
        : List.of();
  }

  /**
   * A declared epoch in one partition.
   *
   * @param topic null if the table had landed nothing when the epoch was declared
   * @param firstOffset the first offset of the epoch
   */
  public record Declared(
      String table,
      int epoch,
      String topic,
      int partition,
      long firstOffset,
      Instant at,
      String by,
      String reason) {}

  /** The declared epochs, by table, epoch and partition. */
  public List<Declared> declared() {
    return rows(lake.epochs()).stream()
        .map(
            row ->
                new Declared(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getInt(4),
                    row.getLong(5),
                    row.getAs(6),
                    row.getString(7),
                    row.getString(8)))
        .sorted(
            java.util.Comparator.comparing(Declared::table)
                .thenComparingInt(Declared::epoch)
                .thenComparing(d -> String.valueOf(d.topic()))
                .thenComparingInt(Declared::partition))
        .toList();
  }

  /** Stores an epoch of a table, in one commit. */
  public void declare(List<Declared> epoch) {
    List<Row> rows = new ArrayList<>();
    for (Declared row : epoch) {
      rows.add(
          RowFactory.create(
              pipeline,
              row.table(),
              row.epoch(),
              row.topic(),
              row.partition(),
              row.firstOffset(),
              row.at(),
              row.by(),
              row.reason()));
    }
    append(lake.epochs(), rows, EPOCHS);
  }

  /** Stores timelines of a table, in one commit; storing one twice does no harm. */
  public void learn(String table, int epoch, List<Start> starts, Instant now) {
    List<Row> rows = new ArrayList<>();
    for (Start start : starts) {
      rows.add(
          RowFactory.create(
              pipeline, table, epoch, start.source(), start.from(), start.ordinal(), now));
    }
    append(lake.timelines(), rows, TIMELINES);
  }

  private void append(LakeTable table, List<Row> rows, StructType columns) {
    table.create(TableDefinition.log(columns));
    Dataset<Row> added = lake.spark().createDataFrame(rows, columns).coalesce(1);
    table.append(added, List.of());
  }
}
