package io.tidemark.ingest.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.tidemark.core.error.Errors;
import io.tidemark.core.event.Position;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Group;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import io.tidemark.ingest.bronze.BatchContent.Stretch;
import io.tidemark.ingest.bronze.DecodedColumns.Outcome;
import io.tidemark.ingest.order.OrderMaps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which of many records are older changes of one table.
 *
 * @param table the lake table
 * @param next the offset from which on the pipeline's own source will land a partition: what it has
 *     not landed is left to it, so that nothing lands twice
 */
public record OlderRecords(String table, Map<Partition, Long> next) {

  /** Those of a table, as far as a pipeline's source has come by now. */
  public static OlderRecords of(Lake lake, String pipeline, String table) {
    String prefix = BronzeTokens.prefix(pipeline);
    Map<Partition, Long> next = new HashMap<>();
    for (LakeTable proven : List.of(lake.bronze(table), lake.runs())) {
      proven
          .tokens(prefix)
          .forEach(
              (name, value) -> {
                String partition = name.substring(prefix.length());
                int slash = partition.lastIndexOf('/');
                if (slash > 0) { // Else it counts batches of files.
                  int number = Integer.parseInt(partition.substring(slash + 1));
                  next.merge(
                      new Partition(partition.substring(0, slash), number), value, Math::max);
                }
              });
    }
    return new OlderRecords(table, next);
  }

  /** Of decoded records those to land, each once; a record of no known table may be its own. */
  Dataset<Row> of(Dataset<Row> decoded) {
    return decoded
        .filter(not(isOthers()).and(not(isAhead())))
        // A registry's schemas come from one record, and differ.
        .dropDuplicates(
            DecodedColumns.OUTCOME,
            BronzeColumns.TOPIC,
            BronzeColumns.PARTITION,
            BronzeColumns.OFFSET,
            DecodedColumns.SCHEMA_JSON);
  }

  private Column isOthers() {
    return col(DecodedColumns.TABLE).isNotNull().and(not(col(DecodedColumns.TABLE).equalTo(table)));
  }

  private Column isAhead() {
    return col(DecodedColumns.OUTCOME)
        .isin(Outcome.CHANGE.name(), Outcome.DEAD_LETTER.name())
        .and(Holds.condition(next));
  }

  /** What became of the records that were not to be landed. */
  Counts leftOut(Dataset<Row> decoded, BatchContent all, BatchContent landed) {
    long others =
        all.sum(
            group ->
                (group.outcome() == Outcome.CHANGE || group.outcome() == Outcome.DEAD_LETTER)
                    && group.table().filter(t -> !t.equals(table)).isPresent());
    boolean reaches =
        all.groups().stream()
            .anyMatch(g -> g.last() >= next.getOrDefault(partition(g), Long.MAX_VALUE));
    long ahead = reaches ? decoded.filter(not(isOthers()).and(isAhead())).count() : 0;
    long left = all.records() - landed.records();
    return new Counts()
        .add(Count.READ, left)
        .add(Count.IGNORED, others)
        .add(Count.HELD, ahead)
        .add(Count.REPLAYED, left - others - ahead);
  }

  private static Partition partition(Group group) {
    return new Partition(group.topic(), group.partition());
  }

  /**
   * Makes sure that what is known of the source's log tells the place of each.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 5 if not
   */
  void requirePlaces(BatchContent content, OrderMaps order) {
    int epoch = order.newestEpoch(table);
    if (epoch > Position.FIRST_EPOCH) {
      requireEpochs(content, order.epochs().get(table));
    }
    Set<String> lineages =
        content.stretchesOf(table).stream()
            .map(Stretch::lineage)
            .flatMap(Optional::stream)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = order.timelinesOf(table, epoch).keySet();
    lineages.removeAll(known);
    if (lineages.size() > (known.isEmpty() ? 1 : 0)) {
      throw Errors.dataLoss(
          "Cannot land older changes of table '%s': they are of servers whose order among the others is not known: %s"
              .formatted(table, lineages),
          "Nothing was landed; leave the files of these servers out, or take a snapshot of the table"
              + " (tidemark snapshot)");
    }
  }

  private void requireEpochs(BatchContent content, List<OrderMaps.Epoch> epochs) {
    Map<String, Long> boundary = epochs.get(epochs.size() - 1).boundary();
    for (Group group : content.changesOf(table)) {
      String partition = group.topic() + "/" + group.partition();
      if (!boundary.containsKey(partition)) {
        throw Errors.dataLoss(
            "Cannot land older changes of table '%s': nothing tells the epoch of records of %s"
                .formatted(table, partition),
            "Nothing was landed; 'tidemark epoch show' lists the partitions whose epochs are known");
      }
    }
  }
}
