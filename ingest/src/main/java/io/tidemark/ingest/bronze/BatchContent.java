package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import java.time.Instant;
import java.util.ArrayList;
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
 */
record BatchContent(List<Group> groups) {

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
      Optional<Instant> newest) {}

  /** The partition a group belongs to. */
  record Partition(String topic, int number) implements Comparable<Partition> {
    @Override
    public int compareTo(Partition other) {
      int byTopic = topic.compareTo(other.topic);
      return byTopic != 0 ? byTopic : Integer.compare(number, other.number);
    }
  }

  static BatchContent of(Dataset<Row> decoded) {
    List<Row> rows =
        decoded
            .groupBy(
                DecodedColumns.OUTCOME,
                DecodedColumns.TABLE,
                DecodedColumns.SOURCE_TABLE,
                DecodedColumns.REASON,
                BronzeColumns.TOPIC,
                BronzeColumns.PARTITION)
            .agg(
                count(lit(1)),
                min(col(BronzeColumns.OFFSET)),
                max(col(BronzeColumns.OFFSET)),
                max(col(BronzeColumns.SOURCE_TIME)))
            .collectAsList();
    List<Group> groups = new ArrayList<>();
    for (Row row : rows) {
      groups.add(
          new Group(
              Outcome.valueOf(row.getString(0)),
              Optional.ofNullable(row.getString(1)),
              Optional.ofNullable(row.getString(2)),
              Optional.ofNullable(row.getString(3)),
              row.getString(4),
              row.getInt(5),
              row.getLong(6),
              row.getLong(7),
              row.getLong(8),
              Optional.ofNullable(row.getAs(9))));
    }
    return new BatchContent(groups);
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
