package io.tidemark.cli.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topics of a hostile source, as Kafka has them.
 *
 * @param bootstrapServers of the broker
 * @param source whose topics they are
 */
record HostileTopics(String bootstrapServers, HostileSource source) {
  private Properties kafka() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("allow.auto.create.topics", "false");
    return settings;
  }

  /** Whether a mark has arrived, and with it what the source logged before. */
  boolean have(long mark) {
    TopicPartition marks = new TopicPartition(source.marksTopic(), 0);
    String key = "\"payload\":{\"id\":" + mark + "}}";
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(kafka(), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(marks));
      consumer.seekToBeginning(List.of(marks));
      long end = consumer.endOffsets(List.of(marks)).get(marks);
      boolean found = false;
      while (!found && consumer.position(marks) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          found |= record.key().endsWith(key);
        }
      }
      return found;
    }
  }

  /** How many records all of them have. */
  long size() throws Exception {
    long all = 0;
    try (Admin admin = Admin.create(kafka())) {
      for (String topic : admin.listTopics().names().get()) {
        if (topic.startsWith(source.name() + ".")) {
          TopicPartition partition = new TopicPartition(topic, 0);
          all +=
              admin
                  .listOffsets(Map.of(partition, OffsetSpec.latest()))
                  .partitionResult(partition)
                  .get()
                  .offset();
        }
      }
    }
    return all;
  }
}
