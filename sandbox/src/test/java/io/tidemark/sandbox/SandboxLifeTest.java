package io.tidemark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.sandbox.SandboxStatus.Component;
import io.tidemark.sandbox.SandboxStatus.Health;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real thing: that it starts once, ends whole, and keeps what it had. */
@Tag("slow")
class SandboxLifeTest {
  @TempDir Path folder;

  @AfterEach
  void stop() {
    Sandbox.stop(folder);
  }

  @Test
  void startsOnceEndsWholeAndKeepsItsData() throws Exception {
    Process other = startInAnotherProcess();
    SandboxAddresses first = Sandbox.start(folder, line -> {});
    List<String> said =
        new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(said).last().isEqualTo(Long.toString(first.pid()));

    List<String> progress = new ArrayList<>();
    assertThat(Sandbox.start(folder, progress::add)).isEqualTo(first);
    assertThat(progress)
        .containsExactly("already running in " + folder + " (pid " + first.pid() + ")");
    assertThat(components(first))
        .containsOnlyKeys(Component.POSTGRESQL, Component.KAFKA, Component.CONNECT);
    assertThat(components(first))
        .allSatisfy((component, up) -> assertThat(up).isEqualTo(Health.UP));

    execute(first, "CREATE TABLE kept (id int PRIMARY KEY); INSERT INTO kept VALUES (42)");
    new Connectors(first).create("kept", "public.kept", first.user());
    await().until(() -> new Connectors(first).taskState("kept").equals("RUNNING"));
    ProcessHandle server = ProcessHandle.of(first.pid()).orElseThrow();
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> backends = postmaster.descendants().toList();
    assertThat(backends).isNotEmpty();

    assertThat(Sandbox.stop(folder)).isEqualTo(Sandbox.Stop.ORDERLY);
    assertThat(postmaster.info().command()).isEmpty();
    assertThat(backends).allMatch(backend -> backend.info().command().isEmpty());
    // Its lock is free when it has closed its files, its last deed but one.
    await().atMost(Duration.ofSeconds(2)).until(() -> server.info().command().isEmpty());
    assertThat(components(first))
        .allSatisfy((component, up) -> assertThat(up).isEqualTo(Health.DOWN));
    assertThat(Sandbox.status(folder)).isEmpty();
    assertThat(Sandbox.stop(folder)).isEqualTo(Sandbox.Stop.NOTHING_RUNNING);

    SandboxAddresses second = Sandbox.start(folder, line -> {});
    assertThat(second.pid()).isNotEqualTo(first.pid());
    assertThat(second)
        .usingRecursiveComparison()
        .ignoringFields("pid")
        .as("connectors and jobs keep their addresses")
        .isEqualTo(first);
    assertThat(query(second, "SELECT id FROM kept")).isEqualTo("42");
    await().until(() -> new Connectors(second).taskState("kept").equals("RUNNING"));
  }

  @Test
  void aKilledServerLeavesNothingThatTroublesTheNext() throws Exception {
    StateFolder state = new StateFolder(folder);
    Path halfUnpacked = Files.createDirectories(state.postgresPrograms().resolve("PG-half/bin"));
    Files.createDirectories(state.postgresData());
    Files.writeString(state.postgresData().resolve("postgresql.conf"), "half an initdb");
    Set<SandboxPart> mariadb = Set.of(SandboxPart.MARIADB);
    SandboxAddresses first = Sandbox.start(folder, line -> {}, Sandbox.Lifetime.DETACHED, mariadb);
    assertThat(halfUnpacked).doesNotExist();
    assertThat(components(first))
        .containsOnlyKeys(
            Component.POSTGRESQL, Component.KAFKA, Component.CONNECT, Component.MARIADB);
    execute(first, "CREATE TABLE kept (id int PRIMARY KEY); INSERT INTO kept VALUES (42)");
    ProcessHandle orphan = postmaster();
    ProcessHandle mariadbOrphan = pidIn(state.mariadbData().resolve("mariadb.pid"));
    ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
    await().until(() -> Sandbox.status(folder).isEmpty());
    assertThat(orphan.info().command()).as("PostgreSQL outlives its server").isPresent();

    Process owner = new ProcessBuilder("sleep", "600").start();
    try {
      List<String> progress = new ArrayList<>();
      SandboxAddresses second =
          Sandbox.start(state, progress::add, OptionalLong.of(owner.pid()), Set.of());
      assertThat(progress)
          .contains("stopped PostgreSQL (pid " + orphan.pid() + "), left over by a killed sandbox");
      assertThat(orphan.info().command()).isEmpty();
      assertThat(progress)
          .contains(
              "stopped MariaDB (pid " + mariadbOrphan.pid() + "), left over by a killed sandbox");
      assertThat(second.parts()).as("nobody asked for it again").isEmpty();
      assertThat(query(second, "SELECT id FROM kept")).isEqualTo("42");
      ProcessHandle postmaster = postmaster();

      owner.destroyForcibly();
      await().atMost(Duration.ofSeconds(20)).until(() -> !ServerLock.isHeld(state));
      assertThat(postmaster.info().command()).as("all ends with the owner").isEmpty();
      assertThat(Sandbox.stop(folder)).isEqualTo(Sandbox.Stop.NOTHING_RUNNING);
    } finally {
      owner.destroyForcibly();
    }
  }

  @Test
  void aSandboxStoppedWhileItStartsIsNeverSaidToBeReady() {
    List<String> progress = new CopyOnWriteArrayList<>();
    CompletableFuture<SandboxAddresses> start =
        CompletableFuture.supplyAsync(() -> Sandbox.start(folder, progress::add));
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> progress.stream().anyMatch(line -> line.contains(" is up after ")));

    assertThat(Sandbox.stop(folder)).isEqualTo(Sandbox.Stop.ORDERLY);
    assertThat(start)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withMessageContaining(
            "Cannot start the sandbox in " + folder + ": it was stopped while it was starting\n");
    assertThat(progress).noneMatch(line -> line.startsWith("ready"));
  }

  private Process startInAnotherProcess() throws IOException {
    String classes =
        System.getProperty("user.dir")
            + "/target/classes"
            + File.pathSeparator
            + System.getProperty("user.dir")
            + "/target/test-classes";
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-D"
                + ServerClassPath.HOME_PROPERTY
                + "="
                + System.getProperty(ServerClassPath.HOME_PROPERTY),
            "-cp",
            classes,
            StartInAnotherProcess.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .start();
  }

  private ProcessHandle postmaster() throws IOException {
    return pidIn(new StateFolder(folder).postgresData().resolve("postmaster.pid"));
  }

  private static ProcessHandle pidIn(Path file) throws IOException {
    long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private static Map<Component, Health> components(SandboxAddresses addresses) {
    return SandboxStatus.of(addresses).components();
  }

  private static void execute(SandboxAddresses addresses, String sql) throws SQLException {
    try (Connection connection = connect(addresses);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(SandboxAddresses addresses, String sql) throws SQLException {
    try (Connection connection = connect(addresses);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static Connection connect(SandboxAddresses addresses) throws SQLException {
    return DriverManager.getConnection(addresses.jdbcUrl(), addresses.user(), addresses.password());
  }
}
