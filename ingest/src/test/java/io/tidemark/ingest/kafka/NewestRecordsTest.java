package io.tidemark.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.spec.KafkaFeed;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.ingest.decode.RawRecord;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ends of real partitions. */
@Tag("slow")
@WithSandbox
class NewestRecordsTest {
  @TempDir Path folder;

  @Test
  void readsTheEndOfEveryPartitionAndLeavesNoGroup(SandboxAddresses sandbox) throws Exception {
    Map<String, Object> broker = Map.of("bootstrap.servers", sandbox.bootstrapServers());
    KafkaFeed source = source(sandbox);
    try (Admin admin = Admin.create(broker);
        KafkaSource kafka = KafkaSource.of(source)) {
      admin.createTopics(List.of(new NewTopic("newest", 3, (short) 1))).all().get();
      List<ConsumerGroupListing> before = List.copyOf(admin.listConsumerGroups().all().get());
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(broker, new StringSerializer(), new StringSerializer())) {
        for (int i = 0; i < 6; i++) {
          producer.send(new ProducerRecord<>("newest", 0, "k", "a" + i)).get();
          producer.send(new ProducerRecord<>("newest", 1, null, i == 5 ? null : "b" + i)).get();
        }
      }
      admin
          .deleteRecords(Map.of(new TopicPartition("newest", 1), RecordsToDelete.beforeOffset(5)))
          .all()
          .get();

      List<RawRecord> records =
          new NewestRecords(source, 2, Duration.ofSeconds(20)).of(kafka.ranges(List.of("newest")));

      assertThat(records)
          .extracting(
              record -> record.origin() + " " + text(record.key()) + " " + text(record.value()))
          .containsExactlyInAnyOrder("newest/0/4 k a4", "newest/0/5 k a5", "newest/1/5 null null");
      assertThat(admin.listConsumerGroups().all().get()).hasSameSizeAs(before);
      assertThat(kafka.topicSettings(List.of("newest")).get("newest"))
          .containsEntry("cleanup.policy", "delete")
          .containsKey("retention.ms");
      assertThat(kafka.identity()).isEqualTo("Kafka cluster " + kafka.clusterId());
    }
  }

  private KafkaFeed source(SandboxAddresses sandbox) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("p.yml"),
            """
            pipeline: p
            lake: /lake
            source: {type: debezium, bootstrap-servers: "%s", topics: newest}
            """
                .formatted(sandbox.bootstrapServers()));
    return PipelineFile.read(file, Map.of()).source().kafka();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
  }
}
