package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.CommitToken;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.kafka.KafkaSource;
import io.tidemark.ingest.kafka.TopicPartitionRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Records that Kafka no longer has and the lake has not landed. Their topics are not read until an
 * operator lets the records go; what they changed is then read again from the source, or stays as
 * it was.
 */
public final class KafkaGaps {
  private final PipelineSpec spec;
  private final Lake lake;
  private final Map<String, Long> landed;

  /** The gaps of a pipeline whose source is Kafka. */
  public KafkaGaps(PipelineSpec spec, Lake lake) {
    this.spec = spec;
    this.lake = lake;
    this.landed = lake.runs().tokens(BronzeTokens.prefix(spec.name()));
  }

  /**
   * A gap in one partition.
   *
   * @param topic the topic
   * @param partition the partition
   * @param next the first offset that has not landed
   * @param earliest the first offset that Kafka still has; lower than {@code next} if the topic was
   *     created anew
   * @param tables the lake's tables that the partition feeds
   */
  public record Gap(String topic, int partition, long next, long earliest, List<String> tables) {
    /** How many records are lost; empty if the topic is another one of the same name. */
    public Optional<Long> records() {
      return earliest > next ? Optional.of(earliest - next) : Optional.empty();
    }
  }

  /**
   * The gaps in the topics of a table.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if Kafka does not answer
   */
  public List<Gap> of(String table) {
    List<Gap> gaps = new ArrayList<>();
    try (KafkaSource kafka = KafkaSource.of(spec.source().kafka())) {
      for (TopicPartitionRange range :
          kafka.ranges(kafka.topics(spec.source().kafka().topicPattern()))) {
        long next = BronzeTokens.next(spec.name(), range, landed);
        boolean lost = next != CommitToken.NONE && (next < range.earliest() || next > range.end());
        if (lost && feeds(range.topic(), table)) {
          gaps.add(
              new Gap(
                  range.topic(),
                  range.partition(),
                  next,
                  range.earliest(),
                  lake.bronzeTables().stream()
                      .filter(other -> feeds(range.topic(), other))
                      .toList()));
        }
      }
    }
    return gaps;
  }

  private boolean feeds(String topic, String table) {
    return lake.bronze(table).exists()
        && BronzeTokens.feeds(
            spec.name(), topic, lake.bronze(table).tokens(BronzeTokens.prefix(spec.name())));
  }

  /**
   * Lets the records of gaps go: the next run reads on behind them. Who did it, and why, stays in
   * the run records of every table that the topics feed.
   *
   * @return the record of each table
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if a topic was created anew,
   *     5 if a run landed something meanwhile
   */
  public List<StepRecord> letGo(
      List<Gap> gaps, String by, String reason, RunContext context, RunLog runs) {
    Instant now = context.clock().instant();
    List<CommitToken> tokens = new ArrayList<>();
    for (Gap gap : gaps) {
      if (gap.records().isEmpty()) {
        throw Errors.offsetsVanished(
            spec.name(), gap.topic() + "/" + gap.partition(), gap.next(), gap.earliest());
      }
      tokens.add(
          new CommitToken(
              BronzeTokens.partition(spec.name(), gap.topic(), gap.partition()),
              gap.next(),
              gap.earliest()));
    }
    List<StepRecord> records =
        new TreeSet<>(gaps.stream().flatMap(gap -> gap.tables().stream()).toList())
            .stream().map(table -> record(table, gaps, by, reason, now, context)).toList();
    runs.store(records, tokens);
    return records;
  }

  private static StepRecord record(
      String table, List<Gap> gaps, String by, String reason, Instant now, RunContext context) {
    Stream<String> lost =
        gaps.stream()
            .filter(gap -> gap.tables().contains(table))
            .map(
                gap ->
                    "%s/%d offsets %d to %d"
                        .formatted(gap.topic(), gap.partition(), gap.next(), gap.earliest() - 1));
    return context.done(
        Step.RECOVER,
        table,
        now,
        Counts.none(),
        Optional.empty(),
        "%s let go of %s: %s".formatted(by, lost.toList(), reason));
  }
}
