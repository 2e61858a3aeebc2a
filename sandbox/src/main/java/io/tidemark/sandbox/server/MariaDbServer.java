package io.tidemark.sandbox.server;

import io.tidemark.sandbox.MariaDbLeftover;
import io.tidemark.sandbox.StateFolder;
import io.tidemark.sandbox.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** MariaDB with a row-based binary log, and the database {@code shop} in it. */
final class MariaDbServer implements AutoCloseable {
  static final String USER = "tidemark";
  static final String PASSWORD = "tidemark";

  private static final String DATABASE = "shop";
  // After a kill it replays its log first, which may take a while.
  private static final Duration STARTUP = Duration.ofSeconds(45);
  private static final List<String> SYSTEM_TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql");

  private final StateFolder folder;

  private MariaDbServer(StateFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts it and returns once the database accepts queries.
   *
   * @throws IllegalStateException if there is no MariaDB for this platform, or it does not start
   */
  static MariaDbServer start(StateFolder folder, Ports ports) {
    try {
      MariaDbPrograms programs = MariaDbPrograms.unpacked(folder);
      createData(folder, programs);
      Process process = launch(folder, programs, ports);
      awaitReady(process, ports);
      createDatabase(ports);
      return new MariaDbServer(folder);
    } catch (IOException | SQLException | RuntimeException e) {
      stopUninterrupted(folder);
      throw new IllegalStateException(
          "Cannot start MariaDB at %s on %s/%s: %s; it may have said more in %s"
              .formatted(
                  ports.address(Ports.Listener.MARIADB),
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  SandboxServer.reasons(e),
                  folder.mariadbLog()),
          e);
    }
  }

  /** Where the database is, with user and password. */
  static String jdbcUrl(Ports ports) {
    return "jdbc:mariadb://%s/%s?user=%s&password=%s"
        .formatted(ports.address(Ports.Listener.MARIADB), DATABASE, USER, PASSWORD);
  }

  /** Stops it; by force if it does not stop in order. */
  @Override
  public void close() {
    MariaDbLeftover.stop(folder);
  }

  // It may run although we gave up on it.
  private static void stopUninterrupted(StateFolder folder) {
    boolean interrupted = Thread.interrupted();
    try {
      MariaDbLeftover.stop(folder);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Makes the data folder; anew if that was begun once and did not come to its end. */
  private static void createData(StateFolder folder, MariaDbPrograms programs) throws IOException {
    Path complete = folder.mariadbData().resolve("tidemark.complete");
    if (Files.exists(complete)) {
      return;
    }
    StateFolder.delete(folder.mariadbData());
    Files.createDirectories(folder.mariadbData());
    Process bootstrap = process(folder, programs, List.of("--bootstrap", "--log-warnings=0"));
    try (OutputStream sql = bootstrap.getOutputStream()) {
      sql.write(
          """
          CREATE DATABASE mysql;
          USE mysql;
          SET @auth_root_socket = NULL;
          SET @skip_auth_anonymous = 1;
          """
              .getBytes(StandardCharsets.UTF_8));
      for (String script : SYSTEM_TABLES) {
        Files.copy(programs.share().resolve(script), sql);
      }
    }
    awaitEnd(bootstrap);
    Files.writeString(complete, "The first start of this database was completed.\n");
  }

  private static void awaitEnd(Process bootstrap) throws IOException {
    try {
      if (!bootstrap.waitFor(STARTUP.toSeconds(), TimeUnit.SECONDS)) {
        bootstrap.destroyForcibly();
        throw new IOException("its data folder was not made in " + STARTUP.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      bootstrap.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while its data folder was made", e);
    }
    if (bootstrap.exitValue() != 0) {
      throw new IOException("making its data folder ended with exit code " + bootstrap.exitValue());
    }
  }

  private static Process launch(StateFolder folder, MariaDbPrograms programs, Ports ports)
      throws IOException {
    return process(
        folder,
        programs,
        List.of(
            "--bind-address=" + Ports.HOST,
            "--port=" + ports.of(Ports.Listener.MARIADB),
            // Relative to the data folder: a socket's path must be short.
            "--socket=mariadb.sock",
            "--pid-file=mariadb.pid",
            "--skip-name-resolve",
            "--skip-ssl",
            "--server-id=1",
            "--log-bin=binlog",
            "--binlog-format=ROW",
            "--binlog-row-image=FULL",
            // Debezium resumes from the positions in the events, which are 0 without it.
            "--binlog-legacy-event-pos=ON",
            "--performance-schema=OFF",
            "--max-allowed-packet=256M",
            "--innodb-flush-log-at-trx-commit=2",
            "--sync-binlog=0"));
  }

  private static Process process(
      StateFolder folder, MariaDbPrograms programs, List<String> particular) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(programs.server());
    command.add("--no-defaults");
    command.add("--basedir=" + programs.root());
    command.add("--datadir=" + folder.mariadbData());
    command.add("--lc-messages-dir=" + programs.share());
    command.add("--character-sets-dir=" + programs.share().resolve("charsets"));
    command.add("--character-set-server=utf8mb4");
    command.add("--default-time-zone=+00:00");
    command.add("--innodb-buffer-pool-size=64M");
    command.add("--innodb-log-file-size=64M");
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    command.addAll(particular);
    Redirect output = Redirect.appendTo(folder.mariadbLog().toFile());
    return new ProcessBuilder(command)
        .directory(folder.mariadbData().toFile())
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
  }

  private static void awaitReady(Process process, Ports ports) throws IOException {
    if (!Waiting.until(() -> !process.isAlive() || answers(ports), STARTUP)) {
      throw new IOException("it did not answer in " + STARTUP.toSeconds() + " s");
    }
    if (!process.isAlive()) {
      throw new IOException("it ended with exit code " + process.exitValue());
    }
  }

  private static boolean answers(Ports ports) {
    try (Connection connection = administrator(ports)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false; // not yet
    }
  }

  private static void createDatabase(Ports ports) throws SQLException {
    try (Connection connection = administrator(ports);
        Statement statement = connection.createStatement()) {
      // Not in the binary log: a connector begins with the tables of its user.
      statement.execute("SET SESSION sql_log_bin = 0");
      statement.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE);
      statement.execute(
          "CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s'".formatted(USER, PASSWORD));
      statement.execute("GRANT ALL ON *.* TO '%s'@'%%' WITH GRANT OPTION".formatted(USER));
    }
  }

  private static Connection administrator(Ports ports) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://" + ports.address(Ports.Listener.MARIADB) + "/?user=root");
  }
}
