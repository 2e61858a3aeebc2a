package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.sandbox.Sandbox;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.SandboxPart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A sandbox, a hostile source, a writer that never rests, and a pipeline that is killed. */
final class HostileRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration QUIET = Duration.ofSeconds(6);

  private final Path state;
  private final Path folder;
  private final Set<SandboxPart> parts;
  private final HostileSource source;
  private final HostileSource writing;
  private final Random random;
  private final AtomicBoolean writes = new AtomicBoolean();
  private Thread writer;
  private SandboxAddresses sandbox;
  private Process running;

  HostileRun(
      Path folder, Set<SandboxPart> parts, HostileSource source, HostileSource writing, long seed)
      throws SQLException {
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

  private void startSandbox() throws SQLException {
    sandbox =
        Sandbox.start(
            state,
            line -> System.err.println("sandbox: " + line),
            Sandbox.Lifetime.WITH_PARENT,
            parts);
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

  /** Kills the running pipeline at a random moment, so often, and starts it again each time. */
  void killAtRandom(int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      start();
      // From the middle of its start to the middle of its work.
      boolean ended = running.waitFor(4_000 + random.nextInt(14_000), TimeUnit.MILLISECONDS);
      assertThat(ended).as("ended by itself: %s", pipeline().output()).isFalse();
      running.destroyForcibly().waitFor();
    }
  }

  void start() throws IOException {
    running = pipeline().runContinuously();
  }

  private PipelineProcess pipeline() throws IOException {
    return new PipelineProcess(folder, sandbox, lake(), source.name() + ".*");
  }

  /** Kills broker, Connect and database at once, and starts them on the data they left. */
  void crashSandbox() throws SQLException {
    ProcessHandle.of(sandbox.pid()).ifPresent(ProcessHandle::destroyForcibly);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.of(sandbox.pid()).filter(ProcessHandle::isAlive).isEmpty());
    startSandbox();
  }

  /** Waits until Kafka has everything up to a mark, and runs the pipeline to its end. */
  int drain() throws Exception {
    long mark = source.mark();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptions()
        .until(() -> inKafka().marks() >= mark);
    // A connector that was restarted sends some again: wait until nothing comes any more.
    await().atMost(PATIENCE).pollInterval(QUIET).until(this::inKafka, new Unchanged()::since);
    kill();
    Process last = pipeline().runOnce("");
    return last.waitFor();
  }

  void kill() throws InterruptedException {
    if (running != null) {
      running.destroyForcibly().waitFor();
      running = null;
    }
  }

  String output() throws IOException {
    return pipeline().output();
  }

  /** The records of the marks' topic, and of all topics of the source. */
  private record InKafka(long marks, long all) {}

  private InKafka inKafka() throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", sandbox.bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      long marks = 0;
      long all = 0;
      for (String topic : admin.listTopics().names().get()) {
        if (topic.startsWith(source.name() + ".")) {
          TopicPartition partition = new TopicPartition(topic, 0);
          long end =
              admin
                  .listOffsets(Map.of(partition, OffsetSpec.latest()))
                  .partitionResult(partition)
                  .get()
                  .offset();
          all += end;
          marks += topic.equals(source.marksTopic()) ? end : 0;
        }
      }
      return new InKafka(marks, all);
    }
  }

  /** Whether a value is the same as when it was asked for last. */
  private static final class Unchanged {
    private InKafka last = new InKafka(-1, -1);

    boolean since(InKafka now) {
      boolean same = now.equals(last);
      last = now;
      return same;
    }
  }

  @Override
  public void close() throws Exception {
    stopWriting();
    kill();
    source.close();
    writing.close();
    Sandbox.stop(state);
    if (Files.exists(lake())) {
      System.err.println("lake of " + source.name() + ": " + lake());
    }
  }
}
