package io.tidemark.ingest.bronze;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.event.log.LogPosition;
import io.tidemark.core.table.CommitToken;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.bronze.BatchContent.Partition;
import io.tidemark.ingest.bronze.BatchContent.Stretch;
import io.tidemark.ingest.order.OrderTokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Notices where a table's log runs backwards while Kafka's offsets run forwards (rule 13).
 *
 * <p>The highest commit order of each partition stands in the table's own commits. A batch costs a
 * comparison of a few numbers, unless something is below what was there before it: then the changes
 * themselves are compared, see {@link LogReplay}.
 */
final class LogOrder {
  private final String pipeline;
  private final String table;
  private final LakeTable bronze;
  private final int epoch;
  private final Map<String, Long> tokens;

  /**
   * What a batch may do to a table.
   *
   * @param tokens how far its log has come then
   * @param breaks where it runs backwards, by partition: from there on nothing may land
   */
  record Verdict(List<CommitToken> tokens, Map<Partition, Break> breaks) {}

  /**
   * A change that is below what came before it and that nobody has seen.
   *
   * @param offset its offset
   * @param position its position
   * @param order its commit order
   * @param highest the commit order that came before it
   */
  record Break(long offset, String position, long order, long highest) {}

  /**
   * Reads how far the table's log has come.
   *
   * @param epoch the table's epoch as the batch was decoded with
   * @throws TidemarkException with exit code 4 if another epoch was declared meanwhile
   */
  LogOrder(String pipeline, String table, LakeTable bronze, int epoch) {
    this.pipeline = pipeline;
    this.table = table;
    this.bronze = bronze;
    this.epoch = epoch;
    this.tokens = bronze.tokens("");
    long found = Math.max(0, token(OrderTokens.epoch(pipeline)));
    if (found != epoch) {
      throw Errors.epochDeclared(pipeline, table, found);
    }
  }

  private long token(String name) {
    return tokens.getOrDefault(name, CommitToken.NONE);
  }

  /** The next offset of a partition that has not landed; from files, lower ones may still come. */
  long landed(Partition partition) {
    return Math.max(
        token(BronzeTokens.partition(pipeline, partition.topic(), partition.number())),
        token(seenName(partition)));
  }

  private String seenName(Partition partition) {
    return OrderTokens.seen(pipeline) + partition.topic() + "/" + partition.number();
  }

  /** Keeps where a log broke that cannot land up to there, for the epoch that may be declared. */
  void remember(Map<Partition, Long> breaks) {
    List<CommitToken> found = new ArrayList<>();
    breaks.forEach(
        (partition, offset) -> {
          String name =
              OrderTokens.broken(pipeline, epoch) + partition.topic() + "/" + partition.number();
          // The first one counts: batches that come after it break, too.
          if (token(name) == CommitToken.NONE) {
            found.add(new CommitToken(name, CommitToken.NONE, offset));
          }
        });
    if (!found.isEmpty()) {
      bronze.append(bronze.read().limit(0), found);
    }
  }

  /** How the positions of the table's epoch begin. */
  String epochText() {
    return "%04d.".formatted(epoch);
  }

  /** The highest commit order of a partition that has landed. */
  long highest(Partition partition) {
    return token(highestName(partition));
  }

  private String highestName(Partition partition) {
    return OrderTokens.highest(pipeline, epoch, partition.topic(), partition.number());
  }

  private String lineages(Partition partition) {
    return OrderTokens.lineages(pipeline, epoch, partition.topic(), partition.number());
  }

  /** The highest transaction of each lineage that a partition has shown. */
  Map<String, Long> shown(Partition partition) {
    String prefix = lineages(partition);
    return tokens.entrySet().stream()
        .filter(token -> token.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                token -> token.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  /** The error that a break means. */
  TidemarkException error(Partition partition, Break found) {
    return Errors.logRanBackwards(
        pipeline,
        table,
        partition.topic() + "/" + partition.number(),
        found.offset(),
        "%s, commit order %d".formatted(found.position(), found.order()),
        found.highest());
  }

  /** What a batch may do. */
  Verdict check(List<Stretch> stretches, Dataset<Row> decoded) {
    Map<Partition, List<Stretch>> byPartition =
        stretches.stream()
            .collect(Collectors.groupingBy(Stretch::partition, TreeMap::new, Collectors.toList()));
    List<Partition> doubtful = new ArrayList<>();
    List<Stretch> sure = new ArrayList<>();
    byPartition.forEach(
        (partition, parts) -> {
          if (isForward(partition, parts)) {
            sure.addAll(parts);
          } else {
            doubtful.add(partition);
          }
        });
    Map<Partition, Break> breaks = new TreeMap<>();
    if (!doubtful.isEmpty()) {
      LogReplay replay = new LogReplay(bronze, decoded, table, this, doubtful);
      breaks.putAll(replay.breaks());
      sure.addAll(replay.forward(breaks));
    }
    return new Verdict(raised(sure), breaks);
  }

  /** Whether tasks, one after the other, only went up; each looked at its own part itself. */
  private boolean isForward(Partition partition, List<Stretch> stretches) {
    Map<Integer, List<Stretch>> byTask =
        stretches.stream().collect(Collectors.groupingBy(Stretch::task));
    List<long[]> parts = new ArrayList<>();
    byTask.values().forEach(task -> parts.add(joined(task)));
    parts.sort(Comparator.comparingLong(part -> part[0]));
    long last = landed(partition) - 1;
    long highest = highest(partition);
    for (long[] part : parts) {
      if (part[0] <= last || part[3] < highest) {
        return false;
      }
      last = part[1];
      highest = Math.max(highest, part[2]);
    }
    return true;
  }

  /** First and last offset, highest order and lowest floor of one task. */
  private static long[] joined(List<Stretch> task) {
    long[] part = {Long.MAX_VALUE, -1, LogPosition.UNKNOWN, Long.MAX_VALUE};
    for (Stretch stretch : task) {
      part[0] = Math.min(part[0], stretch.first());
      part[1] = Math.max(part[1], stretch.last());
      part[2] = Math.max(part[2], stretch.highest());
      part[3] = Math.min(part[3], stretch.floor());
    }
    return part;
  }

  private List<CommitToken> raised(List<Stretch> stretches) {
    Map<String, Long> raised = new TreeMap<>();
    for (Stretch stretch : stretches) {
      raised.merge(highestName(stretch.partition()), stretch.highest(), Math::max);
      raised.merge(seenName(stretch.partition()), stretch.last() + 1, Math::max);
      stretch
          .lineage()
          .ifPresent(
              lineage ->
                  raised.merge(
                      lineages(stretch.partition()) + lineage,
                      io.tidemark.core.event.log.BinlogPosition.transactionOf(stretch.highest()),
                      Math::max));
    }
    List<CommitToken> found = new ArrayList<>();
    raised.forEach(
        (name, value) -> {
          if (value > token(name)) {
            found.add(new CommitToken(name, token(name), value));
          }
        });
    long known = token(OrderTokens.epoch(pipeline));
    found.add(new CommitToken(OrderTokens.epoch(pipeline), known, known));
    return found;
  }
}
