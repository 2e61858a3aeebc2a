package io.tidemark.ingest.kafka;

import io.tidemark.core.error.Errors;
import io.tidemark.core.event.Origin;
import io.tidemark.core.spec.KafkaFeed;
import io.tidemark.ingest.decode.HeaderTexts;
import io.tidemark.ingest.decode.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at the ends of partitions, without a consumer group and without leaving a trace. */
public final class NewestRecords {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int TIMEOUT_MILLIS = 10_000;

  private final KafkaFeed source;
  private final int perPartition;
  private final Duration atMost;

  /**
   * Reads from the cluster of a pipeline's source.
   *
   * @param perPartition how many offsets before its end a partition is read from
   * @param atMost after this time what has come is all there is
   */
  public NewestRecords(KafkaFeed source, int perPartition, Duration atMost) {
    this.source = source;
    this.perPartition = perPartition;
    this.atMost = atMost;
  }

  /**
   * The newest records of the partitions, in no particular order between partitions. Fewer than
   * asked for, or none, where offsets hold no record any more.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 4 if Kafka does not answer
   */
  public List<RawRecord> of(List<TopicPartitionRange> ranges) {
    Map<TopicPartition, TopicPartitionRange> open = new HashMap<>();
    for (TopicPartitionRange range : ranges) {
      if (range.end() > range.earliest()) {
        open.put(new TopicPartition(range.topic(), range.partition()), range);
      }
    }
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings())) {
      consumer.assign(open.keySet());
      open.forEach(
          (partition, range) ->
              consumer.seek(partition, Math.max(range.earliest(), range.end() - perPartition)));
      return read(consumer, open);
    } catch (KafkaException e) {
      throw Errors.kafkaUnreachable(source.bootstrapServers(), e);
    }
  }

  private List<RawRecord> read(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, TopicPartitionRange> open) {
    List<RawRecord> records = new ArrayList<>();
    long started = System.nanoTime();
    while (!open.isEmpty() && System.nanoTime() - started < atMost.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end(open, record)) {
          Origin origin = new Origin(record.topic(), record.partition(), record.offset());
          HeaderTexts headers = new HeaderTexts();
          record.headers().forEach(header -> headers.add(header.key(), header.value()));
          records.add(
              new RawRecord(
                  record.key(),
                  record.value(),
                  origin,
                  headers::all,
                  Instant.ofEpochMilli(record.timestamp())));
        }
      }
      // Offsets may hold no record: the consumer's position tells that a partition is read.
      open.entrySet()
          .removeIf(
              partition -> consumer.position(partition.getKey()) >= partition.getValue().end());
      consumer.pause(without(consumer, open));
    }
    return records;
  }

  private static long end(
      Map<TopicPartition, TopicPartitionRange> open, ConsumerRecord<byte[], byte[]> record) {
    TopicPartitionRange range = open.get(new TopicPartition(record.topic(), record.partition()));
    return range == null ? 0 : range.end();
  }

  private static List<TopicPartition> without(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, TopicPartitionRange> open) {
    return consumer.assignment().stream().filter(done -> !open.containsKey(done)).toList();
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(source.properties());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrapServers());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return settings;
  }
}
