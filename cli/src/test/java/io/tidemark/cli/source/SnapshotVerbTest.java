package io.tidemark.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.fixture.Console;
import io.tidemark.cli.fixture.PostgresConnector;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.WithSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark snapshot} against a real connector. */
@Tag("slow")
@WithSandbox
class SnapshotVerbTest {
  private static final String NAME = "snapverb";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;

  private final SandboxAddresses sandbox;

  SnapshotVerbTest(SandboxAddresses sandbox) {
    this.sandbox = sandbox;
  }

  @Test
  void readsRowsAgainAndShowsHowFarItIs() throws Exception {
    sql("CREATE TABLE snapverb (id int PRIMARY KEY, name text)");
    sql("INSERT INTO snapverb SELECT i, 'n' || i FROM generate_series(1, 3000) i");
    sql("CREATE TABLE snapverb_signals (id text PRIMARY KEY, type text, data text)");
    connector(Map.of());
    String pipeline = pipeline().toString();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> Console.run("check", "--pipeline", pipeline).code() == 0);

    Console some =
        Console.run("snapshot", "--pipeline", pipeline, "--table", NAME, "--where", "id <= 700");
    assertThat(some.err()).isEmpty();
    assertThat(some.out())
        .startsWith("asked connector snapverb to read public.snapverb where id <= 700 (signal tid")
        .contains("started\n", "SUCCEEDED: read 700 rows of public.snapverb\n", "\ncompleted; ");
    Console all =
        Console.run("snapshot", "--pipeline", pipeline, "--table", NAME, "--format", "json");
    assertThat(all.out())
        .contains("\"event\":\"in_progress\"", "\"greatest_key\"", "\"rows\":3000");
    assertThat(all.code()).isZero();

    connector(Map.of("signal.enabled.channels", "source"));
    Console unheard = Console.run("snapshot", "--pipeline", pipeline, "--table", NAME);
    assertThat(unheard.code()).isEqualTo(2);
    assertThat(unheard.err())
        .contains("Cannot signal connector 'snapverb': it takes no signals from Kafka")
        .contains("INSERT INTO public.snapverb_signals (id, type, data) VALUES ('tidemark-");
    Console unknown = Console.run("snapshot", "--pipeline", pipeline, "--table", "nothing");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("Cannot find the connector of table 'nothing'");
    Console.run("connector", "delete", NAME, "--pipeline", pipeline);
  }

  private void connector(Map<String, String> settings) throws IOException {
    Map<String, String> config = PostgresConnector.config(sandbox, NAME, Map.of());
    config.put("table.include.list", "public.snapverb,public.snapverb_signals");
    config.put("signal.data.collection", "public.snapverb_signals");
    config.put("signal.enabled.channels", "source,kafka");
    config.put("signal.kafka.topic", "signals-of-snapverb");
    config.put("signal.kafka.bootstrap.servers", sandbox.bootstrapServers());
    config.put("signal.kafka.poll.timeout.ms", "100");
    config.put("notification.enabled.channels", "sink");
    config.put("notification.sink.topic.name", "notices-of-snapverb");
    config.put("publication.autocreate.mode", "filtered");
    config.put("publication.name", NAME);
    config.put("incremental.snapshot.chunk.size", "1000");
    config.put("skipped.operations", "none");
    config.put("event.converting.failure.handling.mode", "fail");
    config.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("value.converter.replace.null.with.default", "false");
    config.putAll(settings);
    Path file =
        Files.writeString(
            folder.resolve("connector.json"),
            new ObjectMapper().writeValueAsString(Map.of("name", NAME, "config", config)));
    assertThat(
            Console.run("connector", "create", file.toString(), "--connect", sandbox.connectUrl())
                .err())
        .isEmpty();
  }

  private Path pipeline() throws IOException {
    return Files.writeString(
        folder.resolve("snap.yml"),
        """
        pipeline: snap
        lake: %s
        source:
          type: debezium
          bootstrap-servers: %s
          topics: snapverb.public.*
          connect-url: %s
        """
            .formatted(folder.resolve("lake"), sandbox.bootstrapServers(), sandbox.connectUrl()));
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(sandbox.jdbcUrl(), sandbox.user(), sandbox.password());
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }
}
