package io.tidemark.cli.demo;

import io.tidemark.core.error.Errors;
import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.SandboxException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The demo's stack, and what the demo does to it besides the database. */
final class DemoSandbox {
  private final SandboxAddresses addresses;

  private DemoSandbox(SandboxAddresses addresses) {
    this.addresses = addresses;
  }

  static DemoSandbox start(Path state, Sandbox.Lifetime lifetime, Screen screen) {
    try {
      return new DemoSandbox(
          Sandbox.start(state, line -> screen.progress("sandbox: %s", line), lifetime));
    } catch (SandboxException e) {
      throw Errors.unavailable(e.getMessage(), e.remedy(), e);
    }
  }

  SandboxAddresses addresses() {
    return addresses;
  }

  /** Has Debezium follow the shop's tables, with no setting that would lose a change. */
  void createConnector() {
    URI database = URI.create(addresses.jdbcUrl().substring("jdbc:".length()));
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("database.hostname", database.getHost());
    config.put("database.port", Integer.toString(database.getPort()));
    config.put("database.dbname", database.getPath().substring(1));
    config.put("database.user", addresses.user());
    config.put("database.password", addresses.password());
    config.put("topic.prefix", "shop");
    config.put("schema.include.list", "public");
    config.put("plugin.name", "pgoutput");
    config.put("slot.name", ShopDatabase.SLOT);
    config.put("publication.autocreate.mode", "filtered");
    config.put("skipped.operations", "none");
    config.put("event.converting.failure.handling.mode", "fail");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.replace.null.with.default", "false");
    config.put("heartbeat.interval.ms", "1000");
    ConnectClient.at(URI.create(addresses.connectUrl()), Optional.empty()).create("shop", config);
  }

  /** Puts a record into a topic that is no change event, as a careless producer would. */
  void produceBrokenRecord() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", addresses.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(
          new ProducerRecord<>(
              "shop.public.orders",
              "{\"order_id\": 1}".getBytes(StandardCharsets.UTF_8),
              "{not json".getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** What the pipeline file of the shop asks of its environment. */
  Map<String, String> environment(Path lake) {
    return Map.of(
        "KAFKA", addresses.bootstrapServers(),
        "CONNECT", addresses.connectUrl(),
        "DATABASE", addresses.jdbcUrl(),
        "DATABASE_USER", addresses.user(),
        "DATABASE_PASSWORD", addresses.password(),
        "ALERTS", lake.resolveSibling("alerts.jsonl").toString(),
        "TIDEMARK_LAKE", lake.toString());
  }
}
