package io.tidemark.sandbox;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a running sandbox listens. Everything is on 127.0.0.1.
 *
 * @param jdbcUrl PostgreSQL's database {@code shop}
 * @param user PostgreSQL's superuser
 * @param password its password; the sandbox accepts any
 * @param bootstrapServers Kafka's {@code host:port}
 * @param connectUrl the root of Connect's REST API, without a slash at the end
 * @param pid process id of the JVM in which all of it runs
 * @param parts the optional parts that run, and the address of each
 */
public record SandboxAddresses(
    String jdbcUrl,
    String user,
    String password,
    String bootstrapServers,
    String connectUrl,
    long pid,
    Map<SandboxPart, String> parts) {

  /** Keeps a copy. */
  public SandboxAddresses {
    parts = Map.copyOf(parts);
  }

  /** Without optional parts. */
  public SandboxAddresses(
      String jdbcUrl,
      String user,
      String password,
      String bootstrapServers,
      String connectUrl,
      long pid) {
    this(jdbcUrl, user, password, bootstrapServers, connectUrl, pid, Map.of());
  }

  /**
   * Reads addresses that {@link #write} wrote.
   *
   * @throws IOException if the file cannot be read
   * @throws SandboxException if an address is missing in it
   */
  public static SandboxAddresses read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return new SandboxAddresses(
        value(properties, "jdbc-url", file),
        value(properties, "user", file),
        value(properties, "password", file),
        value(properties, "bootstrap-servers", file),
        value(properties, "connect-url", file),
        pid(value(properties, "pid", file), file),
        parts(properties));
  }

  /** Writes a properties file in one step: a reader sees all of it or none. */
  public void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("jdbc-url", jdbcUrl);
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("bootstrap-servers", bootstrapServers);
    properties.setProperty("connect-url", connectUrl);
    properties.setProperty("pid", Long.toString(pid));
    parts.forEach((part, address) -> properties.setProperty(part.key(), address));
    Path draft = Files.createTempFile(file.getParent(), "addresses", ".draft");
    try (Writer writer = Files.newBufferedWriter(draft)) {
      properties.store(writer, "A running Tidemark sandbox. Written by it, deleted when it stops.");
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Map<SandboxPart, String> parts(Properties properties) {
    Map<SandboxPart, String> parts = new EnumMap<>(SandboxPart.class);
    for (SandboxPart part : SandboxPart.values()) {
      Optional.ofNullable(properties.getProperty(part.key()))
          .ifPresent(address -> parts.put(part, address));
    }
    return parts;
  }

  private static String value(Properties properties, String key, Path file) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw invalid("there is no '" + key + "'", file);
    }
    return value;
  }

  private static long pid(String text, Path file) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid("'pid' is not a number: '" + text + "'", file);
    }
  }

  private static SandboxException invalid(String problem, Path file) {
    return new SandboxException(
        "Invalid sandbox addresses in " + file + ": " + problem,
        "Stop the sandbox and start it again: it writes the file anew.",
        null);
  }

  /**
   * Where MariaDB listens, as a JDBC URL with user and password, its database {@code shop}.
   *
   * @throws SandboxException if it does not run
   */
  public String mariadbUrl() {
    return part(SandboxPart.MARIADB);
  }

  /**
   * The root of the schema registry's Confluent-compatible API, without a slash at the end.
   *
   * @throws SandboxException if it does not run
   */
  public String registryUrl() {
    return part(SandboxPart.REGISTRY);
  }

  private String part(SandboxPart part) {
    String address = parts.get(part);
    if (address == null) {
      throw new SandboxException(
          "Cannot use " + part.key() + ": this sandbox runs without it",
          "Start it with: tidemark sandbox start --" + part.key(),
          null);
    }
    return address;
  }

  /** The database's address as {@code psql} takes it, user and password included. */
  public String psqlUrl() {
    return jdbcUrl.replace("jdbc:postgresql://", "postgresql://" + user + ":" + password + "@");
  }
}
