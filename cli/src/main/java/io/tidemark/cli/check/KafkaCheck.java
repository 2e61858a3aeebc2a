package io.tidemark.cli.check;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.Peeked;
import io.tidemark.ingest.TopicPeek;
import io.tidemark.ingest.kafka.KafkaSource;
import io.tidemark.ingest.kafka.TopicPartitionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.AuthorizationException;

/** Looks at Kafka and at the pipeline's topics. */
final class KafkaCheck {
  private static final Pattern ALL = Pattern.compile(".*");

  private final PipelineSpec spec;
  private final String where;
  private final List<Finding> findings = new ArrayList<>();
  private Optional<String> identity = Optional.empty();

  private KafkaCheck(PipelineSpec spec) {
    this.spec = spec;
    this.where = "kafka " + spec.source().kafka().bootstrapServers();
  }

  static SourceFindings run(PipelineSpec spec) {
    KafkaCheck check = new KafkaCheck(spec);
    try (KafkaSource kafka = KafkaSource.of(spec.source().kafka())) {
      check.identity = Optional.of(kafka.identity());
      check.findings.add(Finding.ok(check.where, "reachable, " + check.identity.get()));
      check.topics(kafka);
    } catch (TidemarkException e) {
      check.findings.add(Finding.failure(check.where, e));
    }
    return new SourceFindings(check.findings, check.identity);
  }

  private void topics(KafkaSource kafka) {
    List<String> topics = kafka.topics(spec.source().kafka().topicPattern());
    findings.addAll(TopicRules.missing(spec.source().kafka().topics(), kafka.topics(ALL)));
    findings.addAll(TopicRules.tablesWithoutTopic(spec.tables().values(), topics));
    if (topics.isEmpty()) {
      return;
    }
    List<TopicPartitionRange> ranges = kafka.ranges(topics);
    Map<String, Map<String, String>> settings = settings(kafka, topics);
    Map<String, List<Peeked>> records =
        TopicPeek.newest(spec, ranges).stream()
            .collect(Collectors.groupingBy(peeked -> peeked.record().origin().topic()));
    for (String topic : topics) {
      List<Finding> found = new ArrayList<>();
      found.addAll(TopicRules.settings(topic, settings.getOrDefault(topic, Map.of())));
      TopicRules.expired(topic, ranges).ifPresent(found::add);
      found.addAll(RecordRules.judge(topic, records.getOrDefault(topic, List.of()), spec.tables()));
      findings.addAll(found.isEmpty() ? List.of(fine(topic, ranges)) : found);
    }
  }

  /** Whoever may read a topic need not be allowed to read its settings. */
  private Map<String, Map<String, String>> settings(KafkaSource kafka, List<String> topics) {
    try {
      return kafka.topicSettings(topics);
    } catch (TidemarkException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      findings.add(
          Finding.note(
              where,
              "retention and compaction of the topics are unknown: " + e.getCause().getMessage(),
              "Allow DescribeConfigs on the topics, or look at cleanup.policy and retention.ms"));
      return Map.of();
    }
  }

  private static Finding fine(String topic, List<TopicPartitionRange> ranges) {
    List<TopicPartitionRange> own =
        ranges.stream().filter(range -> range.topic().equals(topic)).toList();
    long offsets = own.stream().mapToLong(range -> range.end() - range.earliest()).sum();
    return Finding.ok(
        TopicRules.where(topic),
        "%d %s, %s"
            .formatted(
                own.size(),
                own.size() == 1 ? "partition" : "partitions",
                offsets == 0 ? "no record yet" : "offsets in use: " + offsets));
  }
}
