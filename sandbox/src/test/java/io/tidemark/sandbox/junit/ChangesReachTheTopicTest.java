package io.tidemark.sandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.sandbox.Connectors;
import io.tidemark.sandbox.SandboxAddresses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extension, and the whole way from a row to its topic. */
@Tag("slow")
@WithSandbox
class ChangesReachTheTopicTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  // More than Kafka lets pass by default.
  private static final int BIG = 3_000_000;

  @TempDir Path folder;

  @Test
  void snapshotUpdateDeleteAndTombstoneArriveInOrder(SandboxAddresses sandbox) throws Exception {
    try (Connection database =
            DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
        Statement statement = database.createStatement();
        KafkaConsumer<String, String> consumer = consumer(sandbox)) {
      statement.execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
      statement.execute("INSERT INTO t VALUES (7, 'first')");
      // The user must be right for the database, so this also proves that ${file:...} is resolved.
      Path secrets = Files.writeString(folder.resolve("s.properties"), "user=" + sandbox.user());
      new Connectors(sandbox).create("shop", "public.t", "${file:" + secrets + ":user}");
      consumer.subscribe(List.of("shop.public.t"));

      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      awaitRecords(consumer, records, 1);
      statement.execute("UPDATE t SET name = repeat('x', " + BIG + ")");
      statement.execute("DELETE FROM t");
      awaitRecords(consumer, records, 4);

      assertThat(records).allMatch(record -> id(record) == 7);
      assertThat(payload(records.get(0)).at("/op").asText()).isEqualTo("r");
      assertThat(payload(records.get(0)).at("/after/name").asText()).isEqualTo("first");
      assertThat(payload(records.get(1)).at("/op").asText()).isEqualTo("u");
      assertThat(payload(records.get(1)).at("/after/name").asText()).hasSize(BIG);
      assertThat(payload(records.get(2)).at("/op").asText()).isEqualTo("d");
      assertThat(records.get(3).value()).as("tombstone").isNull();
    }
  }

  @Test
  void everyParameterIsTheSameSandbox(SandboxAddresses one, SandboxAddresses other) {
    assertThat(one).isSameAs(other);
    assertThat(one.pid()).isNotEqualTo(ProcessHandle.current().pid());
  }

  private static void awaitRecords(
      KafkaConsumer<String, String> consumer,
      List<ConsumerRecord<String, String>> records,
      int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(200)).forEach(records::add);
              return records.size() >= count;
            });
    assertThat(records).hasSize(count);
  }

  private static KafkaConsumer<String, String> consumer(SandboxAddresses sandbox) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", sandbox.bootstrapServers(),
            "group.id", "changes-reach-the-topic",
            "auto.offset.reset", "earliest",
            "metadata.max.age.ms", "500");
    return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }

  private static JsonNode payload(ConsumerRecord<String, String> record) {
    return json(record.value()).path("payload");
  }

  private static int id(ConsumerRecord<String, String> record) {
    return json(record.key()).at("/payload/id").asInt();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }
}
