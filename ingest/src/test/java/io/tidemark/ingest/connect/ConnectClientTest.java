package io.tidemark.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of a Debezium connector in a real Connect. */
@Tag("slow")
@WithSandbox
class ConnectClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SandboxAddresses sandbox;
  private final ConnectClient client;

  ConnectClientTest(SandboxAddresses sandbox) {
    this.sandbox = sandbox;
    this.client = ConnectClient.at(URI.create(sandbox.connectUrl() + "/"), Optional.empty());
  }

  @BeforeEach
  @AfterEach
  void removeConnectors() throws SQLException {
    for (String name : client.names()) {
      if (name.startsWith("client_")) {
        client.delete(name);
      }
    }
    execute("DROP PUBLICATION IF EXISTS client_failing");
  }

  @Test
  void tellsItsVersionAndItsKafka() {
    assertThat(client.cluster().version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(client.cluster().kafkaClusterId()).isNotBlank();
    assertThat(client.plugins()).contains("io.debezium.connector.postgresql.PostgresConnector");
  }

  @Test
  void createsPausesResumesStopsAndDeletes() {
    client.create("client_life", config("client_life"));
    awaitState("client_life", "RUNNING");
    await().atMost(PATIENCE).until(() -> client.status("client_life").running());
    ConnectorStatus running = client.status("client_life");
    assertThat(running.tasks()).hasSize(1);
    assertThat(running.tasks().get(0).worker()).isEqualTo(running.worker()).contains(":");
    assertThat(client.names()).contains("client_life");
    assertThat(client.connectors())
        .filteredOn(connector -> connector.name().equals("client_life"))
        .singleElement()
        .satisfies(
            connector -> {
              assertThat(connector.type()).endsWith("PostgresConnector");
              assertThat(connector.config()).containsEntry("database.password", "postgres");
              assertThat(connector.toString()).contains("database.password=[REDACTED]");
            });

    TidemarkException twice = failure(() -> client.create("client_life", config("client_life")));
    assertThat(twice).hasMessageContaining("Cannot create connector 'client_life'");

    client.pause("client_life");
    awaitState("client_life", "PAUSED");
    client.resume("client_life");
    awaitState("client_life", "RUNNING");
    client.stop("client_life");
    awaitState("client_life", "STOPPED");
    client.resume("client_life");
    awaitState("client_life", "RUNNING");

    client.delete("client_life");
    await().atMost(PATIENCE).until(() -> !client.names().contains("client_life"));
  }

  @Test
  void puttingTheSameTwiceChangesNothing() {
    Map<String, String> config = config("client_put");
    assertThat(client.put("client_put", config).kind()).isEqualTo(Applied.Kind.CREATED);
    assertThat(client.put("client_put", config).kind()).isEqualTo(Applied.Kind.UNCHANGED);

    config.put("poll.interval.ms", "100");
    config.put("database.password", "other");
    Applied updated = client.put("client_put", config);

    assertThat(updated.kind()).isEqualTo(Applied.Kind.UPDATED);
    assertThat(updated.changed()).containsExactly("database.password", "poll.interval.ms");
    assertThat(client.config("client_put")).containsEntry("poll.interval.ms", "100");
  }

  @Test
  void aFailedTaskTellsWhyAndIsRestarted() throws SQLException {
    Map<String, String> config = config("client_failing");
    config.put("publication.name", "client_failing");
    config.put("publication.autocreate.mode", "disabled");
    client.put("client_failing", config);
    await().atMost(PATIENCE).until(() -> client.status("client_failing").failed());

    ConnectorStatus failed = client.status("client_failing");
    assertThat(failed.state()).isEqualTo("RUNNING");
    assertThat(failed.tasks().get(0).state()).isEqualTo("FAILED");
    assertThat(failed.firstError().orElseThrow())
        .contains("Publication autocreation is disabled")
        .doesNotContain("\n");

    execute("CREATE PUBLICATION client_failing FOR ALL TABLES");
    client.restart("client_failing");
    await().atMost(PATIENCE).until(() -> client.status("client_failing").running());
  }

  @Test
  void settingsThatTheConnectorRefusesAreNamedAndNothingIsMade() {
    Map<String, String> config = config("client_bad");
    config.put("decimal.handling.mode", "sloppy");
    config.put("poll.interval.ms", "often");
    config.remove("topic.prefix");

    TidemarkException error = failure(() -> client.put("client_bad", config));

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessageStartingWith("Invalid configuration of connector 'client_bad': ")
        .hasMessageContaining("\n  decimal.handling.mode: ")
        .hasMessageContaining("\n  poll.interval.ms: ")
        .hasMessageContaining("\n  topic.prefix: ");
    assertThat(client.names()).doesNotContain("client_bad");
  }

  @Test
  void aDatabaseThatCannotBeReachedIsAFieldError() {
    Map<String, String> config = config("client_bad");
    config.put("database.port", "1");

    TidemarkException error = failure(() -> client.create("client_bad", config));

    assertThat(error).hasMessageContaining("database.hostname: ").hasMessageContaining("refused");
  }

  @Test
  void anUnknownClassIsAnsweredWithThoseThereAre() {
    TidemarkException error =
        failure(() -> client.put("client_bad", Map.of("connector.class", "com.example.None")));
    TidemarkException missing = failure(() -> client.put("client_bad", Map.of()));

    assertThat(error)
        .hasMessageContaining("has no connector class 'com.example.None'; it has: ")
        .hasMessageContaining("io.debezium.connector.postgresql.PostgresConnector");
    assertThat(missing).hasMessageContaining("connector.class: is missing");
  }

  @Test
  void anUnknownConnectorIsAnsweredWithThoseThereAre() {
    client.put("client_known", config("client_known"));

    for (Runnable call :
        new Runnable[] {
          () -> client.status("client_knwon"),
          () -> client.config("client_knwon"),
          () -> client.pause("client_knwon"),
          () -> client.resume("client_knwon"),
          () -> client.stop("client_knwon"),
          () -> client.restart("client_knwon"),
          () -> client.delete("client_knwon")
        }) {
      TidemarkException error = failure(call);
      assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(error)
          .hasMessageContaining("has no connector 'client_knwon'; it has: ")
          .hasMessageContaining("client_known");
    }
  }

  private void awaitState(String name, String state) {
    await().atMost(PATIENCE).until(() -> client.status(name).state(), state::equals);
  }

  private static TidemarkException failure(Runnable call) {
    TidemarkException error = catchThrowableOfType(TidemarkException.class, call::run);
    assertThat(error).isNotNull();
    return error;
  }

  private void execute(String sql) throws SQLException {
    try (Connection database =
            DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
        Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A connector of its own replication slot that captures a table which need not exist. */
  private Map<String, String> config(String name) {
    URI database = URI.create(sandbox.jdbcUrl().substring("jdbc:".length()));
    Map<String, String> config = new TreeMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("plugin.name", "pgoutput");
    config.put("database.hostname", database.getHost());
    config.put("database.port", Integer.toString(database.getPort()));
    config.put("database.dbname", "shop");
    config.put("database.user", sandbox.user());
    config.put("database.password", sandbox.password());
    config.put("topic.prefix", name);
    config.put("slot.name", name);
    config.put("slot.drop.on.stop", "true");
    config.put("table.include.list", "public." + name);
    return config;
  }
}
