package io.tidemark.sandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.sandbox.Connectors;
import io.tidemark.sandbox.SandboxAddresses;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

@WithSandbox(mariadb = true)
class MariaDbOnRequestTest {
  @Test
  void changesOfARealMariaDbReachTheTopic(SandboxAddresses sandbox) throws Exception {
    try (Connection connection = DriverManager.getConnection(sandbox.mariadbUrl());
        Statement statement = connection.createStatement();
        KafkaConsumer<String, String> consumer = consumer(sandbox)) {
      statement.execute("CREATE TABLE m (id int PRIMARY KEY, name text)");
      statement.execute("INSERT INTO m VALUES (7, 'first')");
      new Connectors(sandbox).createMariaDb("maria", "shop.m", Map.of());
      consumer.subscribe(List.of("maria.shop.m"));
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      awaitRecords(consumer, records, 1);
      statement.execute("UPDATE m SET name = 'second'");
      statement.execute("DELETE FROM m");
      awaitRecords(consumer, records, 4);

      assertThat(records.get(1).value()).contains("\"gtid\":\"0-1-").contains("second");
      assertThat(records.get(3).value()).as("tombstone").isNull();
      assertThat(variable(statement, "binlog_row_image")).isEqualTo("FULL");
    }
  }

  private static String variable(Statement statement, String name) throws Exception {
    try (ResultSet row = statement.executeQuery("SELECT @@" + name)) {
      row.next();
      return row.getString(1);
    }
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
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", sandbox.bootstrapServers(),
            "group.id", "mariadb-on-request",
            "auto.offset.reset", "earliest",
            "metadata.max.age.ms", "500"),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
