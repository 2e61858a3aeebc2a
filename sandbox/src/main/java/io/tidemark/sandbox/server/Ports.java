package io.tidemark.sandbox.server;

import io.tidemark.sandbox.StateFolder;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports of one start, all on 127.0.0.1. */
final class Ports {
  static final String HOST = "127.0.0.1";

  private static final Logger log = LoggerFactory.getLogger("sandbox");

  /** Who listens. */
  enum Listener {
    POSTGRESQL,
    KAFKA,
    /** The part of the broker that keeps its metadata. */
    KAFKA_CONTROLLER,
    CONNECT,
    MARIADB,
    REGISTRY;

    private String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Map<Listener, Integer> ports;

  private Ports(Map<Listener, Integer> ports) {
    this.ports = ports;
  }

  /**
   * The ports of the last start where they are still free, others where not; remembers them.
   *
   * @throws IOException if the list cannot be read or written
   */
  static Ports choose(StateFolder folder) throws IOException {
    Properties last = read(folder.ports());
    Map<Listener, Integer> chosen = new EnumMap<>(Listener.class);
    Map<Listener, ServerSocket> reserved = new EnumMap<>(Listener.class);
    try {
      for (Listener listener : Listener.values()) {
        // Kept open until all are chosen, so that no port is chosen twice.
        ServerSocket socket = reserve(listener, last.getProperty(listener.key()));
        reserved.put(listener, socket);
        chosen.put(listener, socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : reserved.values()) {
        socket.close();
      }
    }
    write(chosen, folder.ports());
    return new Ports(chosen);
  }

  int of(Listener listener) {
    return ports.get(listener);
  }

  /** The listener's {@code host:port}. */
  String address(Listener listener) {
    return HOST + ":" + of(listener);
  }

  private static ServerSocket reserve(Listener listener, String last) throws IOException {
    if (last != null) {
      try {
        return bind(Integer.parseInt(last));
      } catch (IOException | IllegalArgumentException e) {
        log.warn(
            "port {} of {} is taken ({}): using another one, so connectors and jobs that name the"
                + " old one must be changed",
            last,
            listener.key(),
            e.getMessage());
      }
    }
    return bind(0);
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return socket;
    } catch (IOException | IllegalArgumentException e) {
      socket.close();
      throw e;
    }
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    return properties;
  }

  private static void write(Map<Listener, Integer> ports, Path file) throws IOException {
    Properties properties = new Properties();
    ports.forEach((listener, port) -> properties.setProperty(listener.key(), port.toString()));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "The ports of the last start; the next start uses those still free");
    }
  }
}
