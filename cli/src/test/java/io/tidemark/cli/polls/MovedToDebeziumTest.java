package io.tidemark.cli.polls;

import static io.tidemark.cli.polls.PolledDatabase.assertEqual;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.cli.fixture.PostgresConnector;
import io.tidemark.core.database.SourceDatabase;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spark.SharedSpark;
import io.tidemark.core.spec.PipelineFile;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.IngestJob;
import io.tidemark.ingest.connect.ConnectClient;
import io.tidemark.merge.MergeJob;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A table that was polled and is streamed from then on, without being loaded again. */
@Tag("slow")
@WithSandbox
@ExtendWith(SharedSpark.class)
class MovedToDebeziumTest {
  private static final String NAME = "moved";

  @TempDir private Path folder;

  @Test
  void goesOnWithoutALoad(SandboxAddresses sandbox, SparkSession spark) throws Exception {
    SourceDatabase address =
        new SourceDatabase(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
    try (PolledDatabase database = new PolledDatabase(address);
        Connection open = database.open();
        Statement late = open.createStatement()) {
      database.execute(
          "DROP SCHEMA IF EXISTS polls CASCADE",
          "CREATE SCHEMA polls",
          "CREATE TABLE polls.moved (id int PRIMARY KEY, price numeric(9,2), at timestamptz NOT NULL)",
          "INSERT INTO polls.moved SELECT i, i, now() FROM generate_series(1, 50) i");
      PolledLake lake =
          database.lake(spark, folder, "", "  moved: {source: polls.moved, watermark: at}");
      lake.run();
      open.setAutoCommit(false);
      late.execute("UPDATE polls.moved SET price = 100, at = now() WHERE id = 1");

      ConnectClient connect = ConnectClient.at(URI.create(sandbox.connectUrl()), Optional.empty());
      connect.put(NAME, connector(sandbox));
      database.execute("UPDATE polls.moved SET price = 200, at = now() WHERE id = 2");
      open.commit();
      await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> isReading(open, late));
      database.execute("DELETE FROM polls.moved WHERE id = 3");
      lake.run();
      database.execute(
          "UPDATE polls.moved SET price = 400 WHERE id = 4",
          "DELETE FROM polls.moved WHERE id = 5");

      PipelineSpec streamed = streamed(sandbox);
      assertThatThrownBy(() -> IngestJob.claim(streamed, lake.lake()))
          .isInstanceOf(TidemarkException.class)
          .hasMessageContaining("was fed from database at");
      IngestJob.adopt(streamed, lake.lake(), "test", "moved", Instant.now());
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                run(streamed, lake);
                assertEqual(lake, NAME, 48);
              });
      connect.delete(NAME);
    }
  }

  /** Whether the connector's slot has its place: from there on it sends everything. */
  private static boolean isReading(Connection connection, Statement statement) throws SQLException {
    try (var row =
        statement.executeQuery(
            "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'moved' AND active"
                + " AND confirmed_flush_lsn IS NOT NULL")) {
      row.next();
      return row.getInt(1) == 1;
    } finally {
      connection.rollback();
    }
  }

  private static Map<String, String> connector(SandboxAddresses sandbox) {
    return PostgresConnector.config(
        sandbox,
        NAME,
        Map.of(
            "publication.name", NAME,
            "publication.autocreate.mode", "filtered",
            "table.include.list", "polls.moved",
            "snapshot.mode", "no_data"));
  }

  private PipelineSpec streamed(SandboxAddresses sandbox) throws IOException {
    Path file = folder.resolve("streamed.yml");
    Files.writeString(
        file,
        """
        pipeline: polls
        lake: %s
        source: {type: debezium, bootstrap-servers: '%s', topics: 'moved.*'}
        tables: {moved: {source: polls.moved}}
        """
            .formatted(folder.resolve("lake"), sandbox.bootstrapServers()));
    return PipelineFile.read(file, Map.of());
  }

  private static void run(PipelineSpec spec, PolledLake lake) {
    RunContext context =
        new RunContext("run", spec.name(), Clock.systemUTC(), new StopSignal(), step -> {});
    RunLog runs = new RunLog(lake.lake().spark(), lake.lake().runs());
    IngestJob.claim(spec, lake.lake());
    new IngestJob(spec, lake.lake(), context, runs, () -> {}).run(IngestJob.Mode.ONCE);
    new MergeJob(spec, lake.lake(), context, runs).run();
  }
}
