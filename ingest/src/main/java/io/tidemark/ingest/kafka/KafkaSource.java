package io.tidemark.ingest.kafka;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.KafkaFeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Asks a Kafka cluster what it is and what it holds. Every answer comes within seconds. */
public final class KafkaSource implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final KafkaFeed source;
  private final Admin admin;

  private KafkaSource(KafkaFeed source, Admin admin) {
    this.source = source;
    this.admin = admin;
  }

  /**
   * A client for the cluster of a pipeline's source; does not connect yet.
   *
   * @throws TidemarkException with exit code 4 if no address resolves
   */
  public static KafkaSource of(KafkaFeed source) {
    Properties settings = new Properties();
    settings.putAll(source.properties());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    try {
      return new KafkaSource(source, Admin.create(settings));
    } catch (KafkaException e) {
      // The client's own message says only that there is no client.
      throw unreachable(source, e.getCause() == null ? e : e.getCause());
    }
  }

  /** The identity of the cluster, which a restored or new cluster does not share. */
  public String clusterId() {
    return answer(() -> admin.describeCluster().clusterId().get());
  }

  /** How a lake remembers the cluster it was fed from. */
  public String identity() {
    return "Kafka cluster " + clusterId();
  }

  /** The settings of each topic that hold for it, defaults included, by name. */
  public Map<String, Map<String, String>> topicSettings(List<String> topics) {
    List<ConfigResource> asked =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    Map<String, Map<String, String>> settings = new TreeMap<>();
    answer(() -> admin.describeConfigs(asked).all().get())
        .forEach(
            (topic, config) -> {
              Map<String, String> values = new TreeMap<>();
              config.entries().stream()
                  .filter(entry -> entry.value() != null)
                  .forEach(entry -> values.put(entry.name(), entry.value()));
              settings.put(topic.name(), values);
            });
    return settings;
  }

  /** The names of the topics that the pattern matches, sorted. */
  public List<String> topics(Pattern pattern) {
    return answer(() -> admin.listTopics().names().get()).stream()
        .filter(topic -> pattern.matcher(topic).matches())
        .sorted()
        .toList();
  }

  /** What Kafka holds of every partition of the topics. */
  public List<TopicPartitionRange> ranges(List<String> topics) {
    List<TopicPartition> partitions = partitions(topics);
    Map<TopicPartition, Long> earliest = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(partitions, OffsetSpec.latest());
    return partitions.stream()
        .map(p -> new TopicPartitionRange(p.topic(), p.partition(), earliest.get(p), end.get(p)))
        .toList();
  }

  private List<TopicPartition> partitions(List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    Map<String, TopicDescription> descriptions =
        answer(() -> admin.describeTopics(topics).allTopicNames().get());
    for (String topic : topics) {
      descriptions
          .get(topic)
          .partitions()
          .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
    }
    return partitions;
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Map<TopicPartition, ListOffsetsResultInfo> found =
        answer(() -> admin.listOffsets(asked).all().get());
    found.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private <T> T answer(Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      throw unreachable(source, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(source, e);
    }
  }

  private static TidemarkException unreachable(KafkaFeed source, Throwable cause) {
    return Errors.kafkaUnreachable(source.bootstrapServers(), cause);
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ofSeconds(2));
  }
}
