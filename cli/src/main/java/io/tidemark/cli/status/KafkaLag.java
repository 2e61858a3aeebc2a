package io.tidemark.cli.status;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.kafka.KafkaSource;
import io.tidemark.ingest.kafka.TopicPartitionRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Offsets of topics that have not landed. */
final class KafkaLag implements SourceLag {
  private final String pipeline;
  private final List<TopicPartitionRange> ranges;
  private final Lake lake;
  private final Map<String, Long> landed;

  private KafkaLag(String pipeline, List<TopicPartitionRange> ranges, Lake lake) {
    this.pipeline = pipeline;
    this.ranges = ranges;
    this.lake = lake;
    this.landed = lake.runs().tokens(BronzeTokens.prefix(pipeline));
  }

  static KafkaLag of(PipelineSpec spec, Lake lake) {
    try (KafkaSource kafka = KafkaSource.of(spec.source().kafka())) {
      List<String> topics = kafka.topics(spec.source().kafka().topicPattern());
      return new KafkaLag(spec.name(), kafka.ranges(topics), lake);
    }
  }

  /** Empty if the table's topics are unknown. */
  @Override
  public Optional<Long> of(String table) {
    Map<String, Long> own = lake.bronze(table).tokens(BronzeTokens.prefix(pipeline));
    List<TopicPartitionRange> feeding =
        ranges.stream().filter(range -> BronzeTokens.feeds(pipeline, range.topic(), own)).toList();
    if (feeding.isEmpty()) {
      return Optional.empty();
    }
    long lag = 0;
    for (TopicPartitionRange range : feeding) {
      long next = BronzeTokens.next(pipeline, range, landed);
      lag += range.end() - Math.max(next, range.earliest());
    }
    return Optional.of(lag + SourceLag.notMerged(lake, pipeline, table));
  }

  @Override
  public List<TableStatus> lines() {
    return List.of();
  }
}
