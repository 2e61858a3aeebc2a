package io.tidemark.sandbox.server;

import io.tidemark.sandbox.StateFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** One Kafka node that is broker and controller. */
final class KafkaBroker implements AutoCloseable {
  /** The largest message that any part of the sandbox lets pass. */
  static final String MAX_MESSAGE_BYTES = Integer.toString(20 * 1024 * 1024);

  private final KafkaRaftServer server;

  private KafkaBroker(KafkaRaftServer server) {
    this.server = server;
  }

  /**
   * Starts it and returns once it accepts clients.
   *
   * @throws IllegalStateException if its storage cannot be prepared or it does not start
   */
  static KafkaBroker start(StateFolder folder, Ports ports) {
    Properties properties = properties(folder, ports);
    try {
      format(folder, properties);
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
      startOrShutDown(server);
      return new KafkaBroker(server);
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "Cannot start Kafka at %s, with its data in %s: %s"
              .formatted(
                  ports.address(Ports.Listener.KAFKA),
                  folder.kafkaData(),
                  SandboxServer.reasons(e)),
          e);
    }
  }

  private static void startOrShutDown(KafkaRaftServer server) {
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown(); // its controller may be up although its broker is not
      throw e;
    }
  }

  /** Stops it and waits until its data is written. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  // A new folder gets its cluster id once; a formatted one is left as it is.
  private static void format(StateFolder folder, Properties properties) throws IOException {
    if (Files.exists(folder.kafkaData().resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(folder.kafkaData());
    Path file = Files.createTempFile(folder.root(), "broker", ".properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    String[] arguments = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int exitCode =
        StorageTool.execute(arguments, new PrintStream(output, true, StandardCharsets.UTF_8));
    Files.delete(file);
    if (exitCode != 0) {
      throw new IOException(
          "formatting failed: " + output.toString(StandardCharsets.UTF_8).strip());
    }
  }

  private static Properties properties(StateFolder folder, Ports ports) {
    String broker = "PLAINTEXT://" + ports.address(Ports.Listener.KAFKA);
    String controller = ports.address(Ports.Listener.KAFKA_CONTROLLER);
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@" + controller);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("listeners", broker + ",CONTROLLER://" + controller);
    properties.put("advertised.listeners", broker);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", folder.kafkaData().toString());
    putTopicDefaults(properties);
    putSmallness(properties);
    return properties;
  }

  private static void putTopicDefaults(Properties properties) {
    properties.put("auto.create.topics.enable", "true");
    properties.put("num.partitions", "1");
    properties.put("default.replication.factor", "1");
    properties.put("min.insync.replicas", "1");
    properties.put("message.max.bytes", MAX_MESSAGE_BYTES);
    properties.put("replica.fetch.max.bytes", MAX_MESSAGE_BYTES);
    // A change is kept until its topic is deleted: who comes back later finds all of them.
    properties.put("log.retention.ms", "-1");
  }

  private static void putSmallness(Properties properties) {
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    // So long does a new start wait for the controller to forget a broker that was killed.
    properties.put("broker.session.timeout.ms", "5000");
    properties.put("broker.heartbeat.interval.ms", "1000");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("background.threads", "2");
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
  }
}
