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
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark connector} against a real Connect. */
@Tag("slow")
@WithSandbox
class ConnectorVerbTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final SandboxAddresses sandbox;

  ConnectorVerbTest(SandboxAddresses sandbox) {
    this.sandbox = sandbox;
  }

  @Test
  void aConnectorIsMadeTendedAndDeleted() throws IOException {
    Path file = file("verb_life", Map.of("database.password", "${DB_PASSWORD}"));
    Map<String, String> environment = Map.of("DB_PASSWORD", sandbox.password());

    Console created = Console.run(environment, with("create", file.toString()));
    assertThat(created.out())
        .startsWith("created connector verb_life\n")
        .contains("-> tidemark connector status verb_life --connect " + sandbox.connectUrl());
    assertThat(created.code()).isZero();
    assertThat(Console.run(environment, with("create", file.toString())).out())
        .startsWith("unchanged connector verb_life, which has these settings already\n");
    file("verb_life", Map.of("database.password", "${DB_PASSWORD}", "poll.interval.ms", "100"));
    assertThat(Console.run(environment, with("create", file.toString())).out())
        .startsWith("updated connector verb_life, which existed; changed: poll.interval.ms\n");

    await()
        .atMost(PATIENCE)
        .until(
            () -> status("verb_life").out(), out -> out.matches("(?s).*verb_life +0  RUNNING.*"));
    assertThat(status("verb_life").out()).startsWith("CONNECTOR").contains("127.0.0.1:");
    assertThat(status("verb_life").code()).isZero();
    assertThat(Console.run(with("list")).out())
        .containsPattern("verb_life +RUNNING +io.debezium.connector.postgresql.PostgresConnector");

    assertThat(Console.run(with("pause", "verb_life")).out())
        .isEqualTo("paused connector verb_life\n");
    await().atMost(PATIENCE).until(() -> status("verb_life").out().contains("PAUSED"));
    assertThat(Console.run(with("resume", "verb_life", "--format", "json")).out())
        .isEqualTo("{\"connector\":\"verb_life\",\"done\":\"resumed\"}\n");
    await().atMost(PATIENCE).until(() -> !status("verb_life").out().contains("PAUSED"));
    assertThat(Console.run(with("restart", "verb_life")).out())
        .isEqualTo("connector verb_life: nothing of it has failed, so nothing was restarted\n");

    assertThat(Console.run(with("delete", "verb_life")).code()).isZero();
    // Connect forgets the status of a deleted connector a moment later.
    await().atMost(PATIENCE).until(() -> status("verb_life").code() == 2);
    assertThat(status("verb_life").err()).contains("has no connector 'verb_life'; it has: ");
  }

  @Test
  void aFailedTaskEndsWithFourAndSaysWhatToDo() throws Exception {
    Path file =
        file(
            "verb_failing",
            Map.of("publication.name", "nowhere", "publication.autocreate.mode", "disabled"));
    Console.run(with("create", file.toString()));
    await().atMost(PATIENCE).until(() -> status("verb_failing").code() == 4);

    Console status = status("verb_failing");
    assertThat(status.out()).containsPattern("verb_failing +0  FAILED .*Publication autocreation");
    assertThat(status.err())
        .contains("Connector 'verb_failing' has failed")
        .contains("tidemark connector restart verb_failing --connect " + sandbox.connectUrl());
    Console json = Console.run(with("status", "verb_failing", "--format", "json"));
    assertThat(new ObjectMapper().readTree(json.out()).at("/tasks/0/state").asText())
        .isEqualTo("FAILED");
    assertThat(Console.run(with("status")).code()).isEqualTo(4);
    assertThat(Console.run(with("restart", "verb_failing")).out())
        .isEqualTo("restarted connector verb_failing\n");
    Console.run(with("delete", "verb_failing"));
  }

  @Test
  void wrongSettingsAreNamedAndSecretsAreNot() throws IOException {
    Path file =
        file("verb_bad", Map.of("snapshot.mode", "maybe", "database.password", "${DB_PASSWORD}"));
    Console unset = Console.run(with("create", file.toString()));
    Console wrong = Console.run(Map.of("DB_PASSWORD", "hunter2"), with("create", file.toString()));

    assertThat(unset.code()).isEqualTo(2);
    assertThat(unset.err())
        .contains("database.password: the environment variable DB_PASSWORD is not set");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("Invalid configuration of connector 'verb_bad'")
        .contains("snapshot.mode: ")
        .doesNotContain("hunter2");
  }

  @Test
  void connectIsFoundThroughThePipelineFile() throws IOException {
    Path with = pipeline("connect-url: \"" + sandbox.connectUrl() + "\"");
    assertThat(Console.run("connector", "list", "--pipeline", with.toString()).code()).isZero();

    Path without = pipeline("topics: other.*");
    Console console = Console.run("connector", "list", "--pipeline", without.toString());
    assertThat(console.code()).isEqualTo(2);
    assertThat(console.err()).contains("does not set 'source.connect-url'").contains("--connect");
  }

  @Test
  void wrongUseIsExplained() {
    Console nothing = Console.run("connector");
    Console nowhere = Console.run("connector", "list");
    Console away = Console.run("connector", "list", "--connect", "http://127.0.0.1:1");
    Console odd = Console.run("connector", "list", "--connect", "kafka://u:hidden@c:1");

    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).contains("Missing verb: one of ").contains("restart");
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("--connect").contains("--pipeline");
    assertThat(away.code()).isEqualTo(4);
    assertThat(away.err()).contains("connection refused").contains("--connect");
    assertThat(odd.code()).isEqualTo(2);
    assertThat(odd.err()).contains("Invalid value for --connect").doesNotContain("hidden");
  }

  private Console status(String name) {
    return Console.run(with("status", name));
  }

  private String[] with(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "connector";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--connect";
    all[arguments.length + 2] = sandbox.connectUrl();
    return all;
  }

  private Path file(String name, Map<String, String> settings) throws IOException {
    Map<String, Object> file = new TreeMap<>();
    file.put("name", name);
    Map<String, String> config = PostgresConnector.config(sandbox, name, settings);
    config.put("slot.drop.on.stop", "true"); // The database has few slots.
    file.put("config", config);
    return Files.writeString(
        folder.resolve(name + ".json"), new ObjectMapper().writeValueAsString(file));
  }

  private Path pipeline(String sourceLine) throws IOException {
    String topics = sourceLine.startsWith("topics") ? "" : "  topics: shop.*\n";
    return Files.writeString(
        folder.resolve("shop.yml"),
        "pipeline: shop\nlake: %s\nsource:\n  type: debezium\n  bootstrap-servers: %s\n%s  %s\n"
            .formatted(folder.resolve("lake"), sandbox.bootstrapServers(), topics, sourceLine));
  }
}
