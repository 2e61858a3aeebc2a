package io.tidemark.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of answers that are none, or not those that were hoped for. */
class ConnectFailuresTest {
  private static final String REBALANCE =
      "{\"error_code\":409,\"message\":\"Cannot complete request because of a conflicting"
          + " operation (e.g. worker rebalance)\"}";

  private static final String REBALANCE_AS_ERROR =
      "{\"error_code\":500,\"message\":\"Request cannot be completed because a rebalance is"
          + " expected\"}";

  private FakeConnect connect;

  @BeforeEach
  void start() throws IOException {
    connect = new FakeConnect();
  }

  @AfterEach
  void stop() {
    connect.close();
  }

  @Test
  void aClosedPortIsNamedWithTheSettingToCheck() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI address = URI.create("http://user:hidden@127.0.0.1:" + port + "/");
    TidemarkException error =
        failure(() -> ConnectClient.at(address, ConnectCredentials.of(address)).names());

    assertThat(error.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(error)
        .hasMessage(
            "Cannot reach Kafka Connect at http://127.0.0.1:%d: connection refused"
                .formatted(port));
    assertThat(error.remedy()).contains("source.connect-url").contains("--connect");
  }

  @Test
  void anUnknownHostIsSaidToBeOne() {
    URI address = URI.create("http://no-such-host.invalid:8083");
    TidemarkException error = failure(() -> ConnectClient.at(address, Optional.empty()).cluster());

    assertThat(error.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(error).hasMessageContaining("its host name does not resolve");
  }

  @Test
  void aRebalanceIsWaitedFor() {
    connect
        .answers("PUT /connectors/shop/pause", 409, REBALANCE)
        .answers("PUT /connectors/shop/pause", 500, REBALANCE_AS_ERROR)
        .answers("PUT /connectors/shop/pause", 202, "");

    connect.client().pause("shop");

    assertThat(connect.requests()).hasSize(3).containsOnly("PUT /connectors/shop/pause");
  }

  @Test
  void aRebalanceThatDoesNotEndIsReportedInConnectsWords() {
    connect.answers("DELETE /connectors/shop", 409, REBALANCE);

    TidemarkException error = failure(() -> connect.client(Duration.ofSeconds(1)).delete("shop"));

    assertThat(error.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(error)
        .hasMessageContaining("is still rebalancing")
        .hasMessageContaining("conflicting operation (e.g. worker rebalance)");
    // 0.2 s and 0.4 s fit into one second, the next 0.8 s do not.
    assertThat(connect.requests()).hasSize(3);
  }

  @Test
  void anExistingConnectorIsNoRebalance() {
    connect
        .answers("PUT /connector-plugins/X/config/validate", 200, "{\"configs\":[]}")
        .answers(
            "POST /connectors",
            409,
            "{\"error_code\":409,\"message\":\"Connector shop already exists\"}");

    TidemarkException error =
        failure(() -> connect.client().create("shop", Map.of("connector.class", "X")));

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error).hasMessageContaining("Cannot create connector 'shop'");
    assertThat(connect.requests()).filteredOn(r -> r.startsWith("POST")).hasSize(1);
  }

  @Test
  void refusedCredentialsSayWhereToPutThem() {
    connect.answers("GET /connectors", 401, "");

    TidemarkException error = failure(() -> connect.client().names());

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error).hasMessageContaining("HTTP status 401");
    assertThat(error.remedy()).contains("http://user:password@host:port");
  }

  @Test
  void credentialsOfTheAddressAreSentAndNotPrinted() {
    connect.answers("GET /connectors", 200, "[]");
    URI address = URI.create("http://ann:s%40cret@127.0.0.1:" + connect.address().getPort());
    ConnectClient client = ConnectClient.at(address, ConnectCredentials.of(address));

    assertThat(client.names()).isEmpty();
    assertThat(connect.authorizations()).containsExactly("Basic YW5uOnNAY3JldA==");
    assertThat(client.address()).isEqualTo(connect.address());
    assertThat(ConnectCredentials.of(address)).map(ConnectCredentials::toString).hasValue("ann");
  }

  @Test
  void anotherServerIsNotTakenForConnect() {
    connect.answers("GET /", 200, "<html>Welcome to nginx</html>");
    connect.answers("GET /connectors", 200, "{\"status\":\"up\"}");

    TidemarkException html = failure(() -> connect.client().cluster());
    TidemarkException json = failure(() -> connect.client().names());

    assertThat(html.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(html).hasMessageContaining("no Kafka Connect").hasMessageContaining("nginx");
    assertThat(json).hasMessageContaining("no Kafka Connect");
  }

  @Test
  void connectsOwnWordsAreKeptWithoutTheSecretsThatWereSent() {
    connect.answers("PUT /connector-plugins/X/config/validate", 200, "{\"configs\":[]}");
    connect.answers(
        "PUT /connectors/shop/config",
        500,
        "{\"error_code\":500,\"message\":\"cannot log in with hunter2 at jdbc://u:pw@db\"}");
    Map<String, String> config = Map.of("connector.class", "X", "database.password", "hunter2");

    TidemarkException error = failure(() -> connect.client().put("shop", config));

    assertThat(error.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(error)
        .hasMessageContaining(
            "answers PUT /connectors/shop/config with HTTP status 500: cannot log in with"
                + " [REDACTED] at jdbc://[REDACTED]@db")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aConnectThatCannotStopConnectorsIsToldFromAMissingConnector() {
    connect
        .answers("GET /connectors", 200, "[\"shop\"]")
        .answers("GET /", 200, "{\"version\":\"3.4.0\",\"kafka_cluster_id\":\"k\"}");

    TidemarkException old = failure(() -> connect.client().stop("shop"));
    TidemarkException missing = failure(() -> connect.client().stop("shp"));

    assertThat(old).hasMessageContaining("cannot stop connectors: its version is 3.4.0");
    assertThat(missing).hasMessageContaining("has no connector 'shp'; it has: shop");
  }

  @Test
  void aConnectorMadeAMomentAgoHasNoStatusYet() {
    connect.answers("GET /connectors", 200, "[\"shop\"]");

    ConnectorStatus status = connect.client().status("shop");

    assertThat(status.state()).isEqualTo("UNASSIGNED");
    assertThat(status.running()).isFalse();
    assertThat(status.failed()).isFalse();
  }

  @Test
  void namesMayHoldWhatIsSpecialInAnAddress() {
    connect.answers("DELETE /connectors/a%20b%2Fc%3F", 204, "");

    connect.client().delete("a b/c?");

    assertThat(connect.requests()).containsExactly("DELETE /connectors/a%20b%2Fc%3F");
  }

  private static TidemarkException failure(ThrowingCallable call) {
    TidemarkException error = catchThrowableOfType(TidemarkException.class, call);
    assertThat(error).isNotNull();
    return error;
  }
}
