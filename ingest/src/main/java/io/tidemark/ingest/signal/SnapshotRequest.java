package io.tidemark.ingest.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.error.Errors;
import io.tidemark.core.schema.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends one signal and hears what becomes of it. Opens its ear before it speaks, so that no answer
 * is missed; leaves no consumer group behind. Not thread-safe.
 */
public final class SnapshotRequest implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final String servers;
  private final Map<String, Object> settings;
  private final SignalChannel channel;
  private final SnapshotSignal signal;
  private final KafkaConsumer<byte[], byte[]> ear;
  private boolean listening;

  /**
   * A request that is yet to be sent.
   *
   * @param servers the brokers of the cluster that has the connector's topics
   * @param client further properties of the Kafka client; may hold secrets
   */
  public SnapshotRequest(
      String servers, Map<String, String> client, SignalChannel channel, SnapshotSignal signal) {
    this.servers = servers;
    this.settings = new HashMap<>(client);
    settings.put("bootstrap.servers", servers);
    settings.put("request.timeout.ms", TIMEOUT_MILLIS / 2);
    settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    this.channel = channel;
    this.signal = signal;
    this.ear =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Sends the signal.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if the connector takes no
   *     signals from Kafka, 4 if Kafka does not answer
   */
  public void send() {
    String topic = channel.requiredTopic(signal);
    Map<String, Object> producing = new HashMap<>(settings);
    producing.put("acks", "all");
    producing.put("delivery.timeout.ms", TIMEOUT_MILLIS);
    producing.put("max.block.ms", TIMEOUT_MILLIS);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
      listenFromNow();
      // A signal topic has one partition, so that signals keep their order.
      producer
          .send(new ProducerRecord<>(topic, channel.key(), signal.record()))
          .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw Errors.kafkaUnreachable(servers, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Errors.kafkaUnreachable(servers, e);
    }
  }

  private void listenFromNow() {
    List<TopicPartition> partitions = notificationPartitions();
    if (!partitions.isEmpty()) {
      ear.assign(partitions);
      ear.endOffsets(partitions).forEach(ear::seek);
      listening = true;
    }
  }

  /** The partitions of the topic of notifications, none as long as nobody has written to it. */
  private List<TopicPartition> notificationPartitions() {
    String topic = channel.notifications().orElse("");
    List<PartitionInfo> found = ear.listTopics().getOrDefault(topic, List.of());
    return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
  }

  /**
   * What has been told since the last call, oldest first; waits for at most so long.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if Kafka does not answer
   */
  public List<SnapshotNotice> heard(Duration atMost) {
    try {
      if (!listening) {
        List<TopicPartition> partitions = notificationPartitions();
        ear.assign(partitions); // It did not exist when the signal was sent: all in it is newer.
        ear.seekToBeginning(partitions);
        listening = !partitions.isEmpty();
      }
      List<SnapshotNotice> notices = new ArrayList<>();
      if (listening) {
        ear.poll(atMost)
            .forEach(
                record -> {
                  if (record.value() != null) {
                    JsonNode value = JsonText.parse(record.value());
                    SnapshotNotice.of(value, signal.id()).ifPresent(notices::add);
                  }
                });
      }
      return notices;
    } catch (KafkaException e) {
      throw Errors.kafkaUnreachable(servers, e);
    }
  }

  @Override
  public void close() {
    ear.close(Duration.ofSeconds(2));
  }
}
