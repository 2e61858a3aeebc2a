package io.tidemark.sandbox.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.Connect;

/** A Connect worker whose connectors are those on the class path: Debezium's. */
final class ConnectWorker implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Connect<?> connect;

  private ConnectWorker(Connect<?> connect) {
    this.connect = connect;
  }

  /**
   * Starts it, with a running broker, and returns once its REST API accepts connectors.
   *
   * @throws IllegalStateException if it does not start or does not answer within a minute
   */
  static ConnectWorker start(Ports ports) {
    // Its own hook would stop it side by side with ours, which then stops Kafka too early.
    Exit.setShutdownHookAdder((name, hook) -> {});
    try {
      ConnectWorker worker =
          new ConnectWorker(new ConnectDistributed().startConnect(properties(ports)));
      awaitReady(URI.create(url(ports) + "/connectors"));
      return worker;
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "Cannot start Connect at %s: %s".formatted(url(ports), SandboxServer.reasons(e)), e);
    }
  }

  /** The root of the REST API. */
  static String url(Ports ports) {
    return "http://" + ports.address(Ports.Listener.CONNECT);
  }

  /** Stops all connectors, then the worker, and waits for it. */
  @Override
  public void close() {
    connect.stop();
    connect.awaitStop();
  }

  private static Map<String, String> properties(Ports ports) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", ports.address(Ports.Listener.KAFKA));
    properties.put("listeners", url(ports));
    properties.put("rest.advertised.host.name", Ports.HOST);
    // The group only elects the leader of this one worker. A new one for each start saves waiting
    // until the broker gives up on a worker that was killed.
    properties.put("group.id", "tidemark-sandbox-" + ProcessHandle.current().pid());
    for (String topic : new String[] {"config", "offset", "status"}) {
      properties.put(topic + ".storage.topic", "_connect_" + topic);
      properties.put(topic + ".storage.replication.factor", "1");
    }
    properties.put("offset.storage.partitions", "1");
    properties.put("status.storage.partitions", "1");
    properties.put("offset.flush.interval.ms", "1000");
    properties.put("key.converter", JsonConverter.class.getName());
    properties.put("value.converter", JsonConverter.class.getName());
    properties.put("producer.max.request.size", KafkaBroker.MAX_MESSAGE_BYTES);
    // Only what declares itself as a service; looking into every class takes seconds.
    properties.put("plugin.discovery", "service_load");
    properties.put("config.providers", "file,env");
    properties.put("config.providers.file.class", FileConfigProvider.class.getName());
    properties.put("config.providers.env.class", EnvVarConfigProvider.class.getName());
    return properties;
  }

  // It refuses all requests until it has joined its group and read the configurations.
  private static void awaitReady(URI connectors) throws IOException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(connectors).timeout(READY_WITHIN).build();
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      while (response.statusCode() != 200) {
        if (System.nanoTime() - end >= 0) {
          throw new IOException(
              "%s still answers %d %s after %d s"
                  .formatted(
                      connectors,
                      response.statusCode(),
                      response.body(),
                      READY_WITHIN.toSeconds()));
        }
        Thread.sleep(POLL.toMillis());
        response = client.send(request, HttpResponse.BodyHandlers.ofString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + connectors, e);
    }
  }
}
