package io.tidemark.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.BackfillJob;
import io.tidemark.ingest.IngestJob;
import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.ingest.jdbc.BackfillScope;
import io.tidemark.ingest.jdbc.ReadPace;
import io.tidemark.merge.MergeJob;
import io.tidemark.quality.reconcile.Comparison;
import io.tidemark.quality.reconcile.SourceComparison;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows of a streamed table that are read again from its database while it changes and its changes
 * land: what was damaged in silver is mended, and no row is taken back.
 */
@Tag("slow")
@WithSandbox(mariadb = true)
@ExtendWith(SharedSpark.class)
class StreamedBackfillTest {
  private static final long SEED = Long.getLong("tidemark.seed", 11);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final SandboxAddresses sandbox;
  @TempDir private Path folder;

  StreamedBackfillTest(SandboxAddresses sandbox) {
    this.sandbox = sandbox;
  }

  /** Kafka lost records, too; an operator recovers from that. */
  @Test
  void postgres(SparkSession spark) throws Exception {
    HostilePostgres source = new HostilePostgres();
    prove(
        spark,
        source,
        new HostilePostgres(),
        lake -> {
          source.execute("DELETE FROM items WHERE id % 5 = 0");
          source.execute("UPDATE items SET n = 77 WHERE id % 5 = 1");
          expire(source, "hostilepg.hostile.items");
          assertThat(run("run", "--once")).isEqualTo(5);
          assertThat(run("recover", "--table", "items")).isEqualTo(5);
          assertThat(output())
              .contains(
                  " expired before they were landed", "--choose backfill", "items, all rows: ");
          assertThat(run("recover", "--table", "items", "--choose", "backfill", "--reason", "test"))
              .as(output())
              .isZero();
          assertThat(output()).contains("items: equal to its source as of");
          assertThat(run("recover", "--table", "items")).isZero();
        });
  }

  /** Makes Kafka forget what has not landed. */
  private void expire(HostileSource source, String topic) throws Exception {
    long mark = source.mark();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> topics(source).have(mark));
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, sandbox.bootstrapServers()))) {
      TopicPartition partition = new TopicPartition(topic, 0);
      long end =
          admin
              .listOffsets(Map.of(partition, OffsetSpec.latest()))
              .partitionResult(partition)
              .get()
              .offset();
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end))).all().get();
    }
  }

  private int run(String... verb) throws Exception {
    return process().start("-Dtidemark.crash-at=", verb).waitFor();
  }

  private String output() throws IOException {
    return process().output();
  }

  private PipelineProcess process() throws IOException {
    return new PipelineProcess(folder, Files.readString(folder.resolve("streamed.yml")));
  }

  /** What happens to a lake that has been proven. */
  private interface Then {
    void happens(Lake lake) throws Exception;
  }

  @Tag("nightly")
  @Test
  void mariadb(SparkSession spark) throws Exception {
    prove(spark, new HostileMariaDb(), new HostileMariaDb(), lake -> {});
  }

  private void prove(SparkSession spark, HostileSource source, HostileSource writing, Then then)
      throws Exception {
    System.err.println("seed " + SEED);
    source.open(sandbox);
    source.create();
    Random random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      step(source, random);
    }
    ConnectClient connect = ConnectClient.at(URI.create(sandbox.connectUrl()), Optional.empty());
    connect.put(source.name(), source.connector(sandbox));
    PipelineSpec spec = pipeline(source);
    Lake lake = Lake.at(spark, spec.lake());
    long mark = source.mark();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> topics(source).have(mark));
    pass(spec, lake);
    lake.silver("items").delete("id % 3 = 0");
    lake.silver("items").update("id % 3 = 1", Map.of("n", "-5"));

    AtomicBoolean writes = new AtomicBoolean(true);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> write(writing, writes, random.nextLong()));
    try {
      Lake own = lake.with(spark.newSession());
      CompletableFuture<Counts> backfill =
          CompletableFuture.supplyAsync(
              () -> backfill(spec, own).run(new BackfillScope.Whole(), PATIENCE, rows -> {}));
      do {
        pass(spec, lake);
      } while (!backfill.isDone());
      assertThat(backfill.get().of(Count.LANDED)).isPositive();
    } finally {
      writes.set(false);
      writer.get(1, TimeUnit.MINUTES);
    }
    assertEqual(source, spec, lake);

    List<List<String>> keys =
        lake.silver("items").read().select("id").limit(3).collectAsList().stream()
            .map(row -> List.of(Long.toString(row.getLong(0))))
            .toList();
    lake.silver("items").delete("id IN (%s, %s)".formatted(keys.get(0).get(0), keys.get(1).get(0)));
    backfill(spec, lake).run(new BackfillScope.Keys(keys), PATIENCE, rows -> {});
    assertEqual(source, spec, lake);
    then.happens(lake);
    connect.delete(source.name());
    source.close();
    writing.close();
  }

  private PipelineSpec pipeline(HostileSource source) throws IOException {
    Path file = folder.resolve("streamed.yml");
    Files.writeString(
        file,
        """
        pipeline: streamed
        lake: %s
        source: {type: debezium, bootstrap-servers: '%s', topics: '%s.*'}
        database: {url: '%s', user: '%s', password: '%s'}
        """
            .formatted(
                folder.resolve("lake"),
                sandbox.bootstrapServers(),
                source.name(),
                source.database(sandbox).url().replaceAll("[?].*", ""),
                source.database(sandbox).user(),
                source.database(sandbox).password()));
    return PipelineFile.read(file, Map.of());
  }

  private HostileTopics topics(HostileSource source) {
    return new HostileTopics(sandbox.bootstrapServers(), source);
  }

  private void write(HostileSource writing, AtomicBoolean writes, long seed) {
    Random random = new Random(seed);
    try {
      writing.open(sandbox);
      while (writes.get()) {
        step(writing, random);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void step(HostileSource source, Random random) throws SQLException {
    try {
      source.step(random);
    } catch (SQLException e) {
      // A row that moves to where another one moved before.
      if (!String.valueOf(e.getSQLState()).startsWith("23")) {
        throw e;
      }
    }
  }

  private static RunContext context(PipelineSpec spec) {
    return new RunContext(
        UUID.randomUUID().toString(), spec.name(), Clock.systemUTC(), new StopSignal(), s -> {});
  }

  /** What has come lands, and is merged. */
  private static void pass(PipelineSpec spec, Lake lake) {
    RunLog runs = new RunLog(lake.spark(), lake.runs());
    IngestJob.claim(spec, lake);
    new IngestJob(spec, lake, context(spec), runs, () -> {}).run(IngestJob.Mode.ONCE);
    new MergeJob(spec, lake, context(spec), runs).run();
  }

  private BackfillJob backfill(PipelineSpec spec, Lake lake) {
    HostileSource source =
        spec.source().kafka().topicPattern().matcher("hostilepg.x").matches()
            ? new HostilePostgres()
            : new HostileMariaDb();
    return new BackfillJob(
        spec,
        spec.table("items"),
        lake,
        new ReadPace(source.database(sandbox), 100, 2, Duration.ZERO, Duration.ZERO),
        context(spec),
        new RunLog(lake.spark(), lake.runs()));
  }

  private void assertEqual(HostileSource source, PipelineSpec spec, Lake lake) throws Exception {
    long mark = source.mark();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> topics(source).have(mark));
    pass(spec, lake);
    Comparison comparison =
        new SourceComparison(source.database(sandbox))
            .compare(source.namespace(), "items", lake.silver("items").path());
    assertThat(comparison.equal()).as(comparison.summary() + comparison.examples()).isTrue();
  }
}
