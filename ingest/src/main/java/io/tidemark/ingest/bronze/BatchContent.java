package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.spark_partition_id;

import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.order.CommitMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a decoded micro-batch holds, counted in one pass.
 *
 * @param groups one entry for each outcome, table and partition; few, however large the batch
 * @param stretches what the changes tell about their logs, in no order
 */
record BatchContent(List<Group> groups, List<Stretch> stretches) {

  /**
   * Records of one kind in one partition.
   *
   * @param reason why they are dead letters, or what they are in place of rows
   * @param first the lowest offset among them
   * @param last the highest offset among them
   * @param newest the newest source time among them
   */
  record Group(
      Outcome outcome,
      Optional<String> table,
      Optional<String> sourceTable,
      Optional<String> reason,
      String topic,
      int partition,
      long records,
      long first,
      long last,
      Optional<Instant> newest) {

    private Group with(Group other) {
      Optional<Instant> later =
          newest.filter(n -> other.newest.isEmpty() || n.isAfter(other.newest.get()));
      return new Group(
          outcome,
          table,
          sourceTable,
          reason,
          topic,
          partition,
          records + other.records,
          Math.min(first, other.first),
          Math.max(last, other.last),
          later.or(other::newest));
    }
  }

  /** The partition a group belongs to. */
  record Partition(String topic, int number) implements Comparable<Partition> {
    @Override
    public int compareTo(Partition other) {
      int byTopic = topic.compareTo(other.topic);
      return byTopic != 0 ? byTopic : Integer.compare(number, other.number);
    }
  }

  /**
   * What the changes of one table, partition and lineage tell, as one task decoded them.
   *
   * @param lineage the source of their transactions' numbers, where they have GTIDs
   * @param first the lowest offset among them
   * @param last the highest offset among them
   * @param highest the highest commit order among them, or {@link LogPosition#UNKNOWN}
   * @param floor the lowest floor among them; negative if the task itself has passed one
   */
  record Stretch(
      String table,
      Partition partition,
      int task,
      Optional<String> lineage,
      long first,
      long last,
      long highest,
      long floor) {}

  static BatchContent of(Dataset<Row> decoded) {
    List<Row> rows =
        decoded
            .groupBy(
                col(DecodedColumns.OUTCOME),
                col(DecodedColumns.TABLE),
                col(DecodedColumns.SOURCE_TABLE),
                col(DecodedColumns.REASON),
                col(BronzeColumns.TOPIC),
                col(BronzeColumns.PARTITION),
                // The task that decoded a row: one has read its partitions in their order.
                spark_partition_id().as("task"),
                col(DecodedColumns.LINEAGE))
            .agg(
                count(lit(1)),
                min(col(BronzeColumns.OFFSET)),
                max(col(BronzeColumns.OFFSET)),
                max(col(BronzeColumns.SOURCE_TIME)),
                max(col(DecodedColumns.COMMIT_ORDER)),
                min(col(DecodedColumns.COMMIT_FLOOR)))
            .collectAsList();
    Map<List<Object>, Group> groups = new LinkedHashMap<>();
    List<Stretch> stretches = new ArrayList<>();
    for (Row row : rows) {
      Group group = group(row);
      groups.merge(
          Arrays.asList(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5)),
          group,
          Group::with);
      if (!row.isNullAt(12)) {
        stretches.add(stretch(row, group));
      }
    }
    return new BatchContent(List.copyOf(groups.values()), stretches);
  }

  private static Group group(Row row) {
    return new Group(
        Outcome.valueOf(row.getString(0)),
        Optional.ofNullable(row.getString(1)),
        Optional.ofNullable(row.getString(2)),
        Optional.ofNullable(row.getString(3)),
        row.getString(4),
        row.getInt(5),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        Optional.ofNullable(row.getAs(11)));
  }

  private static Stretch stretch(Row row, Group group) {
    return new Stretch(
        group.table().orElseThrow(),
        new Partition(group.topic(), group.partition()),
        row.getInt(6),
        Optional.ofNullable(row.getString(7)),
        group.first(),
        group.last(),
        row.getLong(12),
        row.isNullAt(13) ? CommitMark.EXEMPT : row.getLong(13));
  }

  /** What the changes of a lake table tell about their logs. */
  List<Stretch> stretchesOf(String table) {
    return stretches.stream().filter(s -> s.table().equals(table)).toList();
  }

  /** The records of one outcome. */
  long records(Outcome outcome) {
    return sum(group -> group.outcome() == outcome);
  }

  /** All records; schema rows are none. */
  long records() {
    return sum(
        group -> group.outcome() != Outcome.SCHEMA && group.outcome() != Outcome.WRITER_SCHEMA);
  }

  long sum(Predicate<Group> which) {
    return groups.stream().filter(which).mapToLong(Group::records).sum();
  }

  /** The groups of changes of one lake table. */
  List<Group> changesOf(String table) {
    return groups.stream()
        .filter(g -> g.outcome() == Outcome.CHANGE && g.table().orElse("").equals(table))
        .toList();
  }

  /** The groups of dead letters. */
  List<Group> deadLetters() {
    return groups.stream().filter(g -> g.outcome() == Outcome.DEAD_LETTER).toList();
  }

  /** The lake tables that have changes. */
  List<String> changedTables() {
    return groups.stream()
        .filter(group -> group.outcome() == Outcome.CHANGE)
        .map(group -> group.table().orElseThrow())
        .distinct()
        .sorted()
        .toList();
  }

  /** The next offset of every partition that groups of these touch. */
  static Map<Partition, Long> ends(List<Group> groups) {
    Map<Partition, Long> ends = new TreeMap<>();
    for (Group group : groups) {
      ends.merge(new Partition(group.topic(), group.partition()), group.last() + 1, Math::max);
    }
    return ends;
  }

  Optional<Instant> newest() {
    return groups.stream()
        .map(group -> group.newest().orElse(null))
        .filter(Objects::nonNull)
        .max(Instant::compareTo);
  }
}
