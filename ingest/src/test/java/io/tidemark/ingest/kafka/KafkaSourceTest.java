package io.tidemark.ingest.kafka;

import static io.tidemark.ingest.fixture.DebeziumEvent.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.spec.KafkaFeed;
import io.tidemark.ingest.fixture.Pipelines;
import io.tidemark.ingest.fixture.Topics;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Kafka says of itself. */
@WithSandbox
class KafkaSourceTest {
  @TempDir private Path folder;

  private KafkaFeed source(SandboxAddresses sandbox, String topics) {
    return Pipelines.spec(folder, Pipelines.text("/lake", sandbox.bootstrapServers(), topics))
        .source()
        .kafka();
  }

  @Test
  void topicsAndWhatTheyHold(SandboxAddresses sandbox) {
    KafkaFeed source = source(sandbox, "held.*.a*");
    try (Topics topics = new Topics(sandbox);
        KafkaSource kafka = KafkaSource.of(source)) {
      topics.create("held.x.b", 1);
      topics.create("held.x.ab", 2);
      topics.create("heldxx.a", 1);
      topics.create("held.x.a", 1);
      for (int i = 0; i < 5; i++) {
        topics.send("held.x.a", null, bytes("{}"), Map.of());
      }
      topics.expire("held.x.a", 2);

      List<String> found = kafka.topics(source.topicPattern());

      assertThat(found).as("sorted, and a dot is a dot").containsExactly("held.x.a", "held.x.ab");
      assertThat(kafka.ranges(found))
          .containsExactlyInAnyOrder(
              new TopicPartitionRange("held.x.a", 0, 2, 5),
              new TopicPartitionRange("held.x.ab", 0, 0, 0),
              new TopicPartitionRange("held.x.ab", 1, 0, 0));
      assertThat(kafka.topicSettings(found).get("held.x.a"))
          .containsEntry("cleanup.policy", "delete")
          .containsKey("retention.ms");
    }
  }

  @Test
  void aClusterKeepsItsIdentity(SandboxAddresses sandbox) {
    KafkaFeed source = source(sandbox, "any.*");
    try (KafkaSource one = KafkaSource.of(source);
        KafkaSource other = KafkaSource.of(source)) {
      assertThat(one.clusterId()).isNotBlank().isEqualTo(other.clusterId());
      assertThat(one.identity()).isEqualTo("Kafka cluster " + one.clusterId());
    }
  }
}
