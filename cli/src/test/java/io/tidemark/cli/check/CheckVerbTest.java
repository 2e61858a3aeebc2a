package io.tidemark.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.fixture.Console;
import io.tidemark.cli.fixture.PostgresConnector;
import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark check} against real servers, and against none. */
@Tag("slow")
@WithSandbox
class CheckVerbTest {
  @TempDir Path folder;

  private final SandboxAddresses sandbox;

  CheckVerbTest(SandboxAddresses sandbox) {
    this.sandbox = sandbox;
  }

  @Test
  void aSoundPipelineEndsWithZero() throws Exception {
    send("sound.public.orders", Map.of(), Events.KEY_WITH_SCHEMA, Events.WITH_SCHEMA);
    Map<String, String> careful =
        Map.of(
            "skipped.operations", "none",
            "event.converting.failure.handling.mode", "fail",
            "include.unknown.datatypes", "true",
            "value.converter", "org.apache.kafka.connect.json.JsonConverter",
            "value.converter.replace.null.with.default", "false");
    try (Feeding feeding = new Feeding("sound", careful)) {
      feeding.awaitRunning();
      Path file = pipeline("sound.public.*", sandbox.bootstrapServers(), sandbox.connectUrl());
      Console check = Console.run("check", "--pipeline", file.toString());

      assertThat(check.out())
          .contains("ok       pipeline file " + file + ": valid")
          .contains(": writable")
          .contains("ok       kafka " + sandbox.bootstrapServers() + ": reachable, Kafka cluster ")
          .contains("ok       topic sound.public.orders: 1 partition, offsets in use: 1")
          .contains("ok       connect " + sandbox.connectUrl() + ": reachable, version ")
          .contains("ok       connector sound: running, topic.prefix sound")
          .endsWith("check of shop: 0 errors, 0 warnings\n");
      assertThat(check.code()).isZero();
      assertThat(check.err()).isEmpty();
    }
  }

  @Test
  void everyFaultOfTopicsAndConnectorsIsFoundInOneGo() throws Exception {
    send("faulty.public.flat", Map.of(), Events.KEY, "{\"id\":1,\"__deleted\":\"false\"}");
    send("faulty.public.text", Map.of(), Events.KEY, "hello");
    send("faulty.public.orders", Map.of("cleanup.policy", "compact"), Events.KEY, Events.PLAIN);
    send("faulty.public.brief", Map.of("retention.ms", "60000"), Events.KEY, Events.PLAIN);
    expire("faulty.public.brief");
    Map<String, String> careless =
        Map.of(
            "decimal.handling.mode", "double",
            "transforms", "unwrap",
            "transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
    try (Feeding feeding = new Feeding("faulty", careless)) {
      feeding.awaitRunning();
      Path file = pipeline("faulty.*", sandbox.bootstrapServers(), sandbox.connectUrl());
      Console check = Console.run("check", "--pipeline", file.toString(), "--format", "json");

      assertThat(check.code()).isEqualTo(2);
      List<String> found = check.out().lines().map(CheckVerbTest::line).toList();
      assertThat(found)
          .anyMatch(
              f -> f.matches("error topic faulty.public.flat .*flattened event has no '__op'.*"))
          .anyMatch(f -> f.matches("error topic faulty.public.text .*not JSON.*"))
          .anyMatch(
              f -> f.matches("warning topic faulty.public.orders cleanup.policy is 'compact'.*"))
          .anyMatch(
              f -> f.matches("warning topic faulty.public.orders .*land as string: id, total"))
          .anyMatch(f -> f.matches("warning topic faulty.public.brief retention.ms is 60000.*"))
          .anyMatch(f -> f.matches("warning topic faulty.public.brief .*have expired.*"))
          .anyMatch(f -> f.matches("error connector faulty decimal.handling.mode is 'double'.*"))
          .anyMatch(f -> f.matches("error connector faulty .*ExtractNewRecordState.*"))
          .anyMatch(f -> f.matches("warning connector faulty truncates are not captured.*"));
    }
  }

  @Test
  void aFailedConnectorEndsWithFourAndSaysHowToRestartIt() throws Exception {
    send("broken.public.orders", Map.of(), Events.KEY_WITH_SCHEMA, Events.WITH_SCHEMA);
    Map<String, String> config =
        Map.of("publication.name", "nowhere", "publication.autocreate.mode", "disabled");
    try (Feeding feeding = new Feeding("broken", config)) {
      feeding.awaitFailed();
      Path file = pipeline("broken.*", sandbox.bootstrapServers(), sandbox.connectUrl());
      Console check = Console.run("check", "--pipeline", file.toString());

      assertThat(check.out())
          .contains("error    connector broken: it has failed: ")
          .contains("tidemark connector restart broken --pipeline " + file);
      assertThat(check.code()).isEqualTo(4);
    }
  }

  @Test
  void missingTopicsAreAnErrorAndAMissingConnectorAWarning() throws Exception {
    send("absent.public.orders", Map.of(), Events.KEY_WITH_SCHEMA, Events.WITH_SCHEMA);
    Path file = pipeline("absentt.public.*", sandbox.bootstrapServers(), sandbox.connectUrl());
    Console check = Console.run("check", "--pipeline", file.toString());

    assertThat(check.out())
        .contains("error    source.topics: no topic matches 'absentt.public.*'; similar: absent.")
        .contains("no Debezium connector has a topic.prefix that fits 'source.topics'");
    assertThat(check.code()).isEqualTo(2);
  }

  @Test
  void whatIsAwayIsNamedAndTheRestIsStillLookedAt() throws Exception {
    Path file = pipeline("shop.*", "127.0.0.1:1", "http://127.0.0.1:1");
    Console check = Console.run("check", "--pipeline", file.toString());

    assertThat(check.out())
        .contains("error    kafka 127.0.0.1:1: Cannot reach Kafka at 127.0.0.1:1")
        .contains("'source.bootstrap-servers'")
        .contains(": writable")
        .contains(
            "error    connect http://127.0.0.1:1: Cannot reach Kafka Connect at"
                + " http://127.0.0.1:1: connection refused");
    assertThat(check.code()).isEqualTo(4);
  }

  @Test
  void aPipelineFileWithProblemsIsNotCheckedFurther() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.yml"), "pipeline: shop\nlak: x\n");
    Console check = Console.run("check", "--pipeline", file.toString());

    assertThat(check.code()).isEqualTo(2);
    assertThat(check.out()).isEmpty();
    assertThat(check.err()).contains("bad.yml:2:1").contains("lake");
  }

  private static String line(String json) {
    try {
      JsonNode line = new ObjectMapper().readTree(json);
      return String.join(
          " ",
          line.path("severity").asText(),
          line.path("where").asText(),
          line.path("what").asText().replace('\n', ' '));
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  private Path pipeline(String topics, String kafka, String connect) throws IOException {
    return Files.writeString(
        folder.resolve("shop.yml"),
        """
        pipeline: shop
        lake: %s
        source: {type: debezium, bootstrap-servers: "%s", topics: "%s", connect-url: "%s"}
        """
            .formatted(folder.resolve("lake"), kafka, topics, connect));
  }

  private void send(String topic, Map<String, String> settings, String key, String value)
      throws Exception {
    try (Admin admin = admin();
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(settings))).all().get();
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }

  private void expire(String topic) throws Exception {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1)))
          .all()
          .get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()));
  }

  /** A Debezium connector that lives as long as a test. */
  private final class Feeding implements AutoCloseable {
    private final ConnectClient client =
        ConnectClient.at(URI.create(sandbox.connectUrl()), Optional.empty());
    private final String name;

    Feeding(String name, Map<String, String> settings) {
      this.name = name;
      client.put(name, PostgresConnector.config(sandbox, name, settings));
    }

    void awaitRunning() {
      await().atMost(Duration.ofSeconds(30)).until(() -> client.status(name).running());
    }

    void awaitFailed() {
      await().atMost(Duration.ofSeconds(30)).until(() -> client.status(name).failed());
    }

    @Override
    public void close() {
      client.delete(name);
    }
  }
}
