package io.tidemark.sandbox.server;

import io.tidemark.sandbox.PostgresLeftover;
import io.tidemark.sandbox.StateFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

/** PostgreSQL with logical decoding, and the database {@code shop} in it. */
final class PostgresServer implements AutoCloseable {
  static final String USER = "postgres";
  static final String PASSWORD = "postgres";

  private static final String DATABASE = "shop";
  // After a kill it replays its log first, which may take a while.
  private static final Duration STARTUP = Duration.ofSeconds(45);

  private final StateFolder folder;
  private final EmbeddedPostgres postgres;

  private PostgresServer(StateFolder folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /**
   * Starts it and returns once the database accepts queries.
   *
   * @throws IllegalStateException if there is no PostgreSQL for this platform, or it does not start
   */
  static PostgresServer start(StateFolder folder, Ports ports) {
    try {
      discardHalfDone(folder);
      EmbeddedPostgres postgres = configured(folder, ports).start();
      createDatabase(postgres);
      Files.writeString(complete(folder), "The first start of this database was completed.\n");
      return new PostgresServer(folder, postgres);
    } catch (IOException | SQLException | RuntimeException e) {
      // It may run although we gave up on it.
      PostgresLeftover.stop(folder);
      throw new IllegalStateException(
          "Cannot start PostgreSQL at %s on %s/%s: %s; it may have said more in %s"
              .formatted(
                  ports.address(Ports.Listener.POSTGRESQL),
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  SandboxServer.reasons(e),
                  folder.postgresLog()),
          e);
    }
  }

  /** Where the database is. */
  static String jdbcUrl(Ports ports) {
    return "jdbc:postgresql://" + ports.address(Ports.Listener.POSTGRESQL) + "/" + DATABASE;
  }

  /** Stops it; by force if it does not stop in order. */
  @Override
  public void close() throws IOException {
    postgres.close();
    PostgresLeftover.stop(folder);
  }

  /**
   * What a first start left behind that was killed: it would be taken for complete, and fail for
   * ever. No data is lost, because none was in it.
   */
  private static void discardHalfDone(StateFolder folder) throws IOException {
    if (!Files.exists(complete(folder))) {
      StateFolder.delete(folder.postgresData());
    }
    Files.createDirectories(folder.postgresPrograms());
    try (Stream<Path> unpacked = Files.list(folder.postgresPrograms())) {
      // The unpacking library writes this file last.
      unpacked
          .filter(programs -> !Files.exists(programs.resolve(".exists")))
          .forEach(StateFolder::delete);
    }
  }

  private static Path complete(StateFolder folder) {
    return folder.postgresData().resolve("tidemark.complete");
  }

  private static EmbeddedPostgres.Builder configured(StateFolder folder, Ports ports) {
    Redirect output = Redirect.appendTo(folder.postgresLog().toFile());
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(folder.postgresPrograms().toFile())
        .setDataDirectory(folder.postgresData())
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(STARTUP)
        .setPort(ports.of(Ports.Listener.POSTGRESQL))
        .setOutputRedirector(output)
        .setErrorRedirector(output)
        // The same order of text on every machine, whatever its language.
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8")
        .setServerConfig("listen_addresses", Ports.HOST)
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("timezone", "UTC")
        .setServerConfig("wal_level", "logical")
        .setServerConfig("max_replication_slots", "20")
        .setServerConfig("max_wal_senders", "20")
        // Cheap without fsync, and a change is decoded at once instead of a moment later.
        .setServerConfig("synchronous_commit", "on");
  }

  private static void createDatabase(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet row =
          statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        exists = row.next();
      }
      if (!exists) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
  }
}
