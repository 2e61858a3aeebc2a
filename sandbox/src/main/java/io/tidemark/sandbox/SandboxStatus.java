package io.tidemark.sandbox;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A sandbox that reported itself ready, and which of its parts answer now.
 *
 * @param addresses where it listens
 * @param components one entry for each component that was started, in the order in which a change
 *     passes them
 */
public record SandboxStatus(SandboxAddresses addresses, Map<Component, Health> components) {
  private static final int CONNECT_TIMEOUT_MILLIS = 1000;

  /** A part of the sandbox that listens on a port of its own. */
  public enum Component {
    /** The source database. */
    POSTGRESQL,
    /** The broker. */
    KAFKA,
    /** Kafka Connect with Debezium. */
    CONNECT,
    /** The other source database, if it was asked for. */
    MARIADB,
    /** The schema registry, if it was asked for. */
    REGISTRY
  }

  /** Whether a component's port accepts connections. */
  public enum Health {
    /** It accepted one. */
    UP,
    /** It refused, or did not answer within a second. */
    DOWN
  }

  /** Copies the map, so that a status does not change once taken. */
  public SandboxStatus {
    components = Collections.unmodifiableMap(new EnumMap<>(components));
  }

  /** Connects to each port to see what is up. */
  static SandboxStatus of(SandboxAddresses addresses) {
    Map<Component, Health> health = new EnumMap<>(Component.class);
    String database = addresses.jdbcUrl().substring("jdbc:".length());
    health.put(Component.POSTGRESQL, probe(URI.create(database)));
    health.put(Component.KAFKA, probe(URI.create("kafka://" + addresses.bootstrapServers())));
    health.put(Component.CONNECT, probe(URI.create(addresses.connectUrl())));
    if (addresses.parts().containsKey(SandboxPart.MARIADB)) {
      String mariadb = addresses.mariadbUrl().substring("jdbc:".length());
      health.put(Component.MARIADB, probe(URI.create(mariadb)));
    }
    if (addresses.parts().containsKey(SandboxPart.REGISTRY)) {
      health.put(Component.REGISTRY, probe(URI.create(addresses.registryUrl())));
    }
    return new SandboxStatus(addresses, health);
  }

  private static Health probe(URI address) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_TIMEOUT_MILLIS);
      return Health.UP;
    } catch (IOException e) {
      return Health.DOWN;
    }
  }
}
