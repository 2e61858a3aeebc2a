package io.tidemark.cli.polls;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A hot standby of a PostgreSQL: a copy of its files that follows its log. */
final class PostgresReplica implements AutoCloseable {
  /** Files of the running server that are none of the copy's, and what the copy asks it for. */
  private static final Set<String> LEFT_OUT =
      Set.of("postmaster.pid", "postmaster.opts", "pg_wal", "pg_replslot", "pg_stat_tmp");

  /** PostgreSQL does not start a standby with less of these. */
  private static final List<String> AT_LEAST_AS_PRIMARY =
      List.of("max_connections", "max_wal_senders", "max_worker_processes");

  private static final String HOST = "127.0.0.1";
  private static final Duration CATCH_UP = Duration.ofSeconds(60);

  private final Connection primary;
  private final Path programs;
  private final Path data;
  private final Connection connection;
  private final String hosts;

  /**
   * Copies the primary's files while it runs, as a base backup does, and starts from them.
   *
   * @param primary connected as one who may do so
   * @param folder empty; where the copy is kept
   */
  PostgresReplica(Connection primary, Path folder, String user, String password)
      throws IOException, SQLException {
    this.primary = primary;
    this.data = folder.resolve("data");
    this.programs = Path.of(text(primary, "SELECT setting FROM pg_config WHERE name = 'BINDIR'"));
    execute(primary, "SELECT pg_backup_start('replica', fast => true)");
    copy(Path.of(text(primary, "SHOW data_directory")), data);
    Files.writeString(
        data.resolve("backup_label"), text(primary, "SELECT labelfile FROM pg_backup_stop()"));
    for (String kept : List.of("pg_wal", "pg_replslot")) {
      Files.createDirectory(data.resolve(kept));
    }
    Files.createFile(data.resolve("standby.signal"));
    int port = freePort();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("port", String.valueOf(port));
    settings.put("listen_addresses", HOST);
    settings.put("unix_socket_directories", "");
    for (String limit : AT_LEAST_AS_PRIMARY) {
      settings.put(limit, text(primary, "SHOW " + limit));
    }
    settings.put(
        "primary_conninfo",
        "host=%s port=%s user=%s password=%s"
            .formatted(HOST, text(primary, "SHOW port"), user, password));
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        settings.entrySet().stream()
            .map(setting -> "%s = '%s'%n".formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining()));
    control("start");
    String database = text(primary, "SELECT current_database()");
    this.hosts =
        "jdbc:postgresql://%s:%s,%s:%d/%s"
            .formatted(HOST, text(primary, "SHOW port"), HOST, port, database);
    this.connection = DriverManager.getConnection(standby(), user, password);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** PostgreSQL refuses to be run by root; in a user namespace root is another one. */
  private void control(String verb) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    Path log = data.resolveSibling("postgres.log");
    command.addAll(List.of(programs.resolve("pg_ctl").toString(), verb, "-w", "-m", "fast"));
    command.addAll(List.of("-D", data.toString(), "-l", log.toString()));
    try {
      int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            "pg_ctl %s ended with %d: %s".formatted(verb, exit, Files.readString(log)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The address of both servers, at which the standby answers. */
  String standby() {
    return hosts + "?targetServerType=secondary";
  }

  /** The address of both servers, at which the primary answers. */
  String primary() {
    return hosts + "?targetServerType=primary";
  }

  /** Waits until it has all that the primary has now. */
  void awaitCaughtUp() throws SQLException {
    String now = text(primary, "SELECT pg_current_wal_insert_lsn()");
    await()
        .atMost(CATCH_UP)
        .until(
            () ->
                text(connection, "SELECT pg_last_wal_replay_lsn() >= '%s'::pg_lsn".formatted(now))
                    .equals("t"));
  }

  /** Stays where it is, however the primary goes on. */
  void pause() throws SQLException {
    execute(connection, "SELECT pg_wal_replay_pause()");
    await()
        .atMost(CATCH_UP)
        .until(() -> text(connection, "SELECT pg_get_wal_replay_pause_state()").equals("paused"));
  }

  /** Follows the primary again. */
  void resume() throws SQLException {
    execute(connection, "SELECT pg_wal_replay_resume()");
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
    control("stop");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(from.relativize(folder).toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!LEFT_OUT.contains(from.relativize(file).toString())) {
              Files.copy(
                  file,
                  to.resolve(from.relativize(file)),
                  StandardCopyOption.COPY_ATTRIBUTES,
                  LinkOption.NOFOLLOW_LINKS);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // The log, which is replayed, knows that it is gone.
            }
            throw failure;
          }
        });
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
