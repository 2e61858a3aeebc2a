package io.tidemark.ingest;

import static io.tidemark.ingest.fixture.Accounts.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.ingest.fixture.AvroConverter;
import io.tidemark.ingest.fixture.Postgres;
import io.tidemark.ingest.fixture.TestPipeline;
import io.tidemark.ingest.fixture.Topics;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows of a real PostgreSQL through a real Debezium that writes Avro and a real registry: the same
 * bronze as from JSON, and the registry is needed only for schemas that the lake has not seen.
 */
@Tag("slow")
@WithSandbox(registry = true)
@ExtendWith(SharedSpark.class)
class AvroToBronzeTest {
  private static final String GONE = "http://127.0.0.1:1/apis/ccompat/v7";

  @TempDir private Path folder;

  @Test
  void avroLandsAsJsonDoesAndTheLakeKeepsItsSchemas(SandboxAddresses sandbox, SparkSession spark)
      throws Exception {
    try (Postgres postgres = new Postgres(sandbox);
        Topics topics = new Topics(sandbox)) {
      write(postgres, sandbox, topics);
      TestPipeline json = pipeline(spark, sandbox, "json", "kj.public.*");
      TestPipeline avro = avro(spark, sandbox, "avro", sandbox.registryUrl());
      json.once();

      IngestOutcome outcome = avro.once();

      assertCounts(outcome.counts(), Map.of(Count.READ, 6L, Count.LANDED, 5L, Count.IGNORED, 1L));
      assertThat(content(avro)).isEqualTo(content(json));
      assertThat(avro.operations("kinds_avro")).isEqualTo("rrrud");
      assertThat(avro.lake().registry().read().select("id").distinct().count()).isEqualTo(2);
      assertThat(json.lake().registry().exists()).isFalse();

      postgres.execute("INSERT INTO kinds_avro (id) VALUES (5)");
      Postgres.awaitRecords(topics, "ka.public.kinds_avro", 7);
      TestPipeline withoutRegistry = avro(spark, sandbox, "avro", GONE);
      assertThat(withoutRegistry.once().counts().of(Count.LANDED)).isEqualTo(1);
      rule12AnotherLakeNeedsTheStoredSchemasOnly(withoutRegistry, spark, sandbox);
      rule9ARegistryThatIsDownLandsNothing(spark, sandbox);
      postgres.unfollow("ka");
      postgres.unfollow("kj");
    }
  }

  private static void write(Postgres postgres, SandboxAddresses sandbox, Topics topics)
      throws Exception {
    postgres.execute(
        "CREATE TYPE mood_avro AS ENUM ('sad', 'ok', 'happy')",
        Kinds.TABLE.replace("kinds", "kinds_avro").replace("mood", "mood_avro"),
        Kinds.TYPICAL.replace("kinds", "kinds_avro"),
        Kinds.EXTREME.replace("kinds", "kinds_avro"),
        "INSERT INTO kinds_avro (id) VALUES (2)");
    postgres.follow("kj", "public.kinds_avro", Map.of());
    postgres.follow("ka", "public.kinds_avro", AvroConverter.settings(sandbox));
    Postgres.awaitRecords(topics, "kj.public.kinds_avro", 3);
    Postgres.awaitRecords(topics, "ka.public.kinds_avro", 3);
    postgres.execute(
        "UPDATE kinds_avro SET whole = 43 WHERE id = 1", "DELETE FROM kinds_avro WHERE id = 2");
    Postgres.awaitRecords(topics, "kj.public.kinds_avro", 6);
    Postgres.awaitRecords(topics, "ka.public.kinds_avro", 6);
  }

  /** A lake that has nothing but the schemas reads the topic from its beginning. */
  private void rule12AnotherLakeNeedsTheStoredSchemasOnly(
      TestPipeline first, SparkSession spark, SandboxAddresses sandbox) throws IOException {
    TestPipeline again = avro(spark, sandbox, "again", GONE);
    Path from = Path.of(first.spec().lake(), "bronze", "_registry");
    Path to = Path.of(again.spec().lake(), "bronze", "_registry");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }

    again.once();

    assertThat(content(again)).isEqualTo(content(first));
  }

  private void rule9ARegistryThatIsDownLandsNothing(SparkSession spark, SandboxAddresses sandbox) {
    TestPipeline down = avro(spark, sandbox, "down", GONE);

    TidemarkException error = catchThrowableOfType(TidemarkException.class, down::once);

    assertThat(error.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(error).hasMessageContaining(GONE);
    assertThat(down.lake().deadLetters().exists()).isFalse();
    assertThat(down.lake().bronze("kinds_avro").exists()).isFalse();
    assertThat(avro(spark, sandbox, "down", sandbox.registryUrl()).once().counts().of(Count.READ))
        .as("nothing was skipped")
        .isEqualTo(7);
  }

  private TestPipeline avro(
      SparkSession spark, SandboxAddresses sandbox, String lake, String registry) {
    return pipeline(
        spark,
        sandbox,
        lake,
        "ka.public.*",
        "  format: debezium-avro",
        "  registry: " + registry,
        "  retry-timeout: 3s");
  }

  private TestPipeline pipeline(
      SparkSession spark, SandboxAddresses sandbox, String lake, String topics, String... more) {
    Path own = folder.resolve(lake);
    own.toFile().mkdirs();
    return new TestPipeline(spark, own, sandbox.bootstrapServers(), topics, more);
  }

  /** What does not depend on the topic. */
  private static List<String> content(TestPipeline pipeline) {
    return pipeline.bronze("kinds_avro").stream()
        .map(
            row ->
                List.of("op", "key", "before", "after", "schema_fingerprint").stream()
                    .map(column -> String.valueOf(row.<Object>getAs(column)))
                    .toList()
                    .toString())
        .toList();
  }
}
