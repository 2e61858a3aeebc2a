package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.core.error.ExitCode;
import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.SandboxPart;
import io.tidemark.sandbox.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A sandbox, a hostile source, a writer that never rests, and a pipeline that is killed. */
final class HostileRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final Duration QUIET = Duration.ofSeconds(6);

  private final Path state;
  private final Path folder;
  private final Set<SandboxPart> parts;
  private final HostileSource source;
  private final HostileSource writing;
  private final Random random;
  private final AtomicBoolean writes = new AtomicBoolean();
  private Thread writer;
  private volatile SandboxAddresses sandbox;
  private PipelineProcess pipeline;
  private Process running;
  private int told;

  HostileRun(
      Path folder, Set<SandboxPart> parts, HostileSource source, HostileSource writing, long seed)
      throws IOException, SQLException {
    this.folder = folder;
    this.state = folder.resolve("sandbox");
    this.parts = parts;
    this.source = source;
    this.writing = writing;
    this.random = new Random(seed);
    startSandbox();
    source.create();
    connect();
  }

  private void startSandbox() throws IOException, SQLException {
    sandbox =
        Sandbox.start(
            state,
            line -> System.err.println("sandbox: " + line),
            Sandbox.Lifetime.WITH_PARENT,
            parts);
    pipeline = new PipelineProcess(folder, sandbox, lake(), source.name() + ".*");
    source.open(sandbox);
  }

  SandboxAddresses sandbox() {
    return sandbox;
  }

  Path lake() {
    return folder.resolve("lake");
  }

  ConnectClient connectClient() {
    return ConnectClient.at(URI.create(sandbox.connectUrl()), Optional.empty());
  }

  void connect() {
    connectClient().put(source.name(), source.connector(sandbox));
  }

  /** Starts writing 50 changes a second to one row, and others between them. */
  void startWriting() {
    writes.set(true);
    long seed = random.nextLong();
    writer = new Thread(() -> write(new Random(seed)), "hostile writer");
    writer.start();
  }

  private void write(Random steps) {
    long next = System.nanoTime();
    boolean open = false;
    while (writes.get()) {
      try {
        if (!open) {
          writing.open(sandbox);
          open = true;
        }
        writing.hot();
        if (steps.nextInt(3) == 0) {
          writing.step(steps);
        }
      } catch (SQLException e) {
        open = false; // The database was restarted under it: what was committed counts.
      }
      next += TimeUnit.MILLISECONDS.toNanos(20);
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  void stopWriting() throws InterruptedException {
    writes.set(false);
    if (writer != null) {
      writer.join();
    }
  }

  /** Kills the running pipeline at random moments, and starts it again each time. */
  void killAtRandom(int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      start();
      if (i == 0) {
        awaitWork("merge   items"); // So that silver has rows, and has to change later.
      } else if (i % 2 == 0) {
        awaitWork("ingest ");
      }
      // In the middle of its work, or of its start.
      boolean ended = running.waitFor(1_000 + random.nextInt(12_000), TimeUnit.MILLISECONDS);
      assertThat(ended).as("ended by itself: %s", pipeline.output()).isFalse();
      running.destroyForcibly().waitFor();
    }
  }

  /** Waits until the running pipeline has told that it did something. */
  void awaitWork(String line) {
    await()
        .atMost(PATIENCE)
        .until(() -> pipeline.output().indexOf(line, told) >= 0 || !running.isAlive());
  }

  void start() throws IOException {
    told = pipeline.output().length();
    running = pipeline.runContinuously();
  }

  /** Kills broker, Connect and database at once, and starts them on the data they left. */
  void crashSandbox() throws IOException, SQLException {
    long database =
        Long.parseLong(Files.readAllLines(source.pidFile(new StateFolder(state))).get(0).strip());
    for (long pid : new long[] {database, sandbox.pid()}) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    for (long pid : new long[] {database, sandbox.pid()}) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
    startSandbox();
  }

  /** Changes that the source's log no longer has when the connector comes back. */
  void loseChanges() throws Exception {
    connectClient().delete(source.name());
    source.changeMuch();
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              source.dropLog();
              assertThat(source.hasLog()).isFalse();
            });
    connect();
    if (!source.findsLostLog()) {
      await()
          .atMost(Duration.ofMinutes(5))
          .ignoreExceptions()
          .until(() -> connectClient().status(source.name()).failed());
      forgetOffsets();
    }
  }

  /** What an operator does with a connector whose log is gone: it takes a new snapshot then. */
  private void forgetOffsets() throws Exception {
    connectClient().stop(source.name());
    URI offsets = URI.create(sandbox.connectUrl() + "/connectors/" + source.name() + "/offsets");
    HttpRequest delete = HttpRequest.newBuilder(offsets).DELETE().build();
    HttpClient http = HttpClient.newHttpClient();
    await()
        .atMost(Duration.ofMinutes(1)) // Refused until its tasks have ended.
        .until(
            () -> http.send(delete, HttpResponse.BodyHandlers.ofString()).statusCode(),
            status -> status == 200);
    connectClient().resume(source.name());
  }

  /** Waits until Kafka has everything up to a mark, and runs the pipeline to its end. */
  int drain() throws Exception {
    long mark = source.mark();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptions()
        .until(() -> topics().have(mark));
    // A connector that was restarted sends some again: wait until nothing comes any more.
    await().atMost(PATIENCE).pollInterval(QUIET).until(topics()::size, new Unchanged()::since);
    kill();
    Process last = pipeline.runOnce("");
    return last.waitFor();
  }

  /** Ends the running pipeline; what it may have ended with by itself is a source out of reach. */
  void kill() throws IOException, InterruptedException {
    if (running != null) {
      boolean alive = running.isAlive();
      int code = running.destroyForcibly().waitFor();
      running = null;
      assertThat(alive || code == ExitCode.UNAVAILABLE.code())
          .as("ended by itself with exit code %d: %s", code, output())
          .isTrue();
    }
  }

  String output() throws IOException {
    return pipeline.output();
  }

  private HostileTopics topics() {
    return new HostileTopics(sandbox.bootstrapServers(), source);
  }

  /** Whether a number is the same as when it was asked for last. */
  private static final class Unchanged {
    private long last = -1;

    boolean since(long now) {
      boolean same = now == last;
      last = now;
      return same;
    }
  }

  @Override
  public void close() throws Exception {
    stopWriting();
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
    source.close();
    writing.close();
    Sandbox.stop(state);
    if (Files.exists(lake())) {
      System.err.println("lake of " + source.name() + ": " + lake());
    }
  }
}
