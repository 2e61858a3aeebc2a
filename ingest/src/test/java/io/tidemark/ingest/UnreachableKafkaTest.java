package io.tidemark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.fixture.TestPipeline;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Kafka down at start: exit 4 within 30 s, with the address and the setting that names it. */
@ExtendWith(SharedSpark.class)
class UnreachableKafkaTest {
  @TempDir private Path folder;

  private static String nobodyListens() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static void assertNamesAddressAndSetting(TidemarkException error, String address) {
    assertThat(error.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(error).hasMessageStartingWith("Cannot reach Kafka at " + address + ": ");
    assertThat(error.remedy()).contains("'source.bootstrap-servers'");
  }

  /** Both at once, because each waits for the client to give up. */
  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void nobodyListensThere(SparkSession spark) throws Exception {
    String address = nobodyListens();
    TestPipeline pipeline = new TestPipeline(spark, folder, address, "shop.*");
    IngestJob job = pipeline.job(new StopSignal(), pipeline.lake().runs());

    CompletableFuture<TidemarkException> running =
        CompletableFuture.supplyAsync(() -> failure(() -> job.run(IngestJob.Mode.CONTINUOUS)));
    TidemarkException claiming = failure(pipeline::once);

    assertNamesAddressAndSetting(claiming, address);
    assertNamesAddressAndSetting(running.get(), address);
    assertThat(folder.resolve("lake/_tidemark/lake.json")).as("nobody's lake").doesNotExist();
  }

  private static TidemarkException failure(ThrowingCallable action) {
    return catchThrowableOfType(TidemarkException.class, action);
  }

  @Test
  void aHostThatDoesNotExist(SparkSession spark) {
    TestPipeline pipeline = new TestPipeline(spark, folder, "no.such.host.invalid:9092", "shop.*");

    TidemarkException error = failure(pipeline::once);

    assertNamesAddressAndSetting(error, "no.such.host.invalid:9092");
    assertThat(error).hasMessageContaining("No resolvable bootstrap urls");
  }
}
