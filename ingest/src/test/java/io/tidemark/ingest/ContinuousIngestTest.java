package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.fixture.DebeziumEvent;
import io.tidemark.ingest.fixture.TestPipeline;
import io.tidemark.ingest.fixture.Topics;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on until it is told to stop. */
@WithSandbox
@ExtendWith(SharedSpark.class)
class ContinuousIngestTest {
  @TempDir private Path folder;

  @Test
  void aTableThatAppearsLaterIsPickedUpAndAStopIsClean(SandboxAddresses sandbox, SparkSession spark)
      throws Exception {
    TestPipeline pipeline =
        new TestPipeline(spark, folder, sandbox.bootstrapServers(), "later.public.*");
    StopSignal stop = new StopSignal();
    try (Topics topics = new Topics(sandbox)) {
      topics.create("later.public.orders", 1);
      topics.send(DebeziumEvent.create("orders").at("later.public.orders", 0, 0));
      IngestJob.claim(pipeline.spec(), pipeline.lake());
      IngestJob job = pipeline.job(stop, pipeline.lake().runs());
      CompletableFuture<IngestOutcome> running =
          CompletableFuture.supplyAsync(() -> job.run(IngestJob.Mode.CONTINUOUS));
      awaitLanded(pipeline, running, 1);

      topics.create("later.public.users", 1);
      topics.send(DebeziumEvent.create("users").at("later.public.users", 0, 0));
      awaitLanded(pipeline, running, 2);
      stop.request();

      await().atMost(Duration.ofSeconds(30)).until(running::isDone);
      IngestOutcome outcome = running.get();
      assertThat(outcome.counts().of(Count.LANDED)).isEqualTo(2);
      assertThat(outcome.blocked()).isEmpty();
      assertThat(pipeline.lake().bronzeTables()).containsExactly("orders", "users");
      assertThat(spark.streams().active()).isEmpty();
      assertThat(folder.resolve("lake/_tidemark/checkpoints/ingest")).isEmptyDirectory();
      assertThat(pipeline.once().counts().of(Count.READ)).as("nothing comes twice").isZero();
    } finally {
      stop.request();
    }
  }

  private static void awaitLanded(
      TestPipeline pipeline, CompletableFuture<IngestOutcome> running, long records) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                running.isDone()
                    || pipeline.steps().stream()
                            .mapToLong(step -> step.counts().of(Count.LANDED))
                            .sum()
                        >= records);
    assertThat(running).isNotDone();
  }

  @Test
  void aStopBeforeTheStartRunsNothing(SandboxAddresses sandbox, SparkSession spark) {
    TestPipeline pipeline =
        new TestPipeline(spark, folder, sandbox.bootstrapServers(), "later.public.*");
    StopSignal stop = new StopSignal();
    stop.request();

    IngestOutcome outcome =
        pipeline.job(stop, pipeline.lake().runs()).run(IngestJob.Mode.CONTINUOUS);

    assertThat(outcome.counts().of(Count.READ)).isZero();
  }
}
