package io.tidemark.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors in files, and the variables in them. */
class ConnectorFileTest {
  @TempDir Path folder;

  @Test
  void readsTheFormOfTheRestApi() {
    ConnectorFile file =
        read("{\"name\": \"shop\", \"config\": {\"tasks.max\": 1, \"a\": true, \"b\": null}}");

    assertThat(file.name()).isEqualTo("shop");
    assertThat(file.config()).isEqualTo(Map.of("tasks.max", "1", "a", "true"));
  }

  @Test
  void readsSettingsAloneWithTheNameBesideOrAmongThem() {
    String settings = "{\"connector.class\": \"X\"}";

    assertThat(ConnectorFile.read(write(settings), Optional.of("shop"), Map.of()).name())
        .isEqualTo("shop");
    assertThat(read("{\"name\": \"inside\", \"a\": \"b\"}").name()).isEqualTo("inside");
    assertThat(failure(settings)).hasMessageContaining("pass --name");
  }

  @Test
  void theGivenNameWins() {
    Path file = write("{\"name\": \"written\", \"config\": {\"a\": \"b\"}}");

    assertThat(ConnectorFile.read(file, Optional.of("given"), Map.of()).name()).isEqualTo("given");
  }

  @Test
  void variablesArePutInAndConfigProvidersAreLeft() {
    ConnectorFile file =
        ConnectorFile.read(
            write(
                """
                {"name": "${PREFIX}-1", "config": {
                  "host": "${HOST}", "port": "${PORT:5432}", "both": "${HOST}:${PORT:1}",
                  "password": "${file:/run/secrets/db:password}", "env": "${env:HOST}",
                  "outbox": "events.$${routedByValue}", "regex": "$1"}}
                """),
            Optional.of("shop"),
            Map.of("HOST", "db${X}", "PORT", ""));

    assertThat(file.config())
        .isEqualTo(
            Map.of(
                "host", "db${X}",
                "port", "5432",
                "both", "db${X}:1",
                "password", "${file:/run/secrets/db:password}",
                "env", "${env:HOST}",
                "outbox", "events.${routedByValue}",
                "regex", "$1"));
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    TidemarkException error =
        failure(
            """
            {"config": {"a": "${NO_SUCH}", "b": "${open", "c": {"d": 1}, "e": "${not a name}"},
             "initial_state": "STOPPED"}
            """);

    assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(error)
        .hasMessageContaining("a: the environment variable NO_SUCH is not set; run export NO_SUCH=")
        .hasMessageContaining("b: '${' is not closed")
        .hasMessageContaining("c: is an object or a list")
        .hasMessageContaining("e: '${...}' holds no variable name")
        .hasMessageContaining("initial_state: stands beside 'config'")
        .hasMessageContaining("name: is missing");
  }

  @Test
  void brokenFilesAreNamedWithThePlace() {
    assertThat(failure("{\"name\": \"a\",\n \"config\": {,}}"))
        .hasMessageContaining("connector.json: line 2, column")
        .hasMessageNotContaining("Source");
    assertThat(failure("{\"a\": 1, \"a\": 2}")).hasMessageContaining("Duplicate field 'a'");
    assertThat(failure("[]")).hasMessageContaining("no JSON object");
    assertThat(
            catchThrowableOfType(
                TidemarkException.class,
                () -> ConnectorFile.read(folder.resolve("none.json"), Optional.empty(), Map.of())))
        .hasMessageContaining("none.json: there is no such file");
  }

  private ConnectorFile read(String text) {
    return ConnectorFile.read(write(text), Optional.empty(), Map.of());
  }

  private TidemarkException failure(String text) {
    Path file = write(text);
    TidemarkException error =
        catchThrowableOfType(
            TidemarkException.class, () -> ConnectorFile.read(file, Optional.empty(), Map.of()));
    assertThat(error).isNotNull();
    return error;
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("connector.json"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
