package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.error.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong use and a source that is away: the exit code and what a person reads. */
final class CommandLineTest {
  /** What a call printed to standard error, and how it ended. */
  private record Result(int exit, String err) {}

  private static Result call(String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exit = TidemarkCommand.execute(Map.of(), arguments);
      return new Result(exit, err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  @Test
  void withoutVerbShowsTheUsage() {
    Result result = call();
    assertThat(result.exit()).isEqualTo(ExitCode.CONFIGURATION.code());
    assertThat(result.err()).contains("Missing verb").contains("Usage: tidemark").contains("run");
  }

  @ParameterizedTest
  @CsvSource({
    "alerts, verb, list",
    "backfill, source, bronze",
    "connector, verb, restart",
    "dead-letters, verb, replay",
    "epoch, verb, advance",
    "quarantine, verb, release",
    "sandbox, verb, stop",
    "sources, verb, adopt"
  })
  void aGroupOfVerbsNamesThem(String group, String missing, String one) {
    Result result = call(group);
    assertThat(result.exit()).isEqualTo(ExitCode.CONFIGURATION.code());
    assertThat(result.err().lines().findFirst().orElseThrow())
        .startsWith("Missing " + missing + ": one of ")
        .contains(one);
    assertThat(result.err()).contains("Usage: tidemark " + group);
  }

  @Test
  void suggestsTheVerbThatWasMeant() {
    Result result = call("statsu");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("Did you mean").contains("status");
  }

  @Test
  void runNeedsToKnowWhenToEnd() {
    Result result = call("run", "--pipeline", "x.yml");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("--once")
        .contains("--continuous")
        .contains("Usage: tidemark run");
    assertThat(call("run", "--pipeline", "x.yml", "--once", "--continuous").exit()).isEqualTo(2);
  }

  @Test
  void namesTheFileThatIsMissing() {
    Result result = call("run", "--once", "--pipeline", "no/such.yml");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("no/such.yml").contains("->");
  }

  @Test
  void endsWithinHalfAMinuteIfKafkaIsDown(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("p.yml");
    Files.writeString(
        file,
        """
        pipeline: down
        lake: %s
        source: {type: debezium, bootstrap-servers: '127.0.0.1:1', topics: a.b.*}
        """
            .formatted(folder.resolve("lake")));
    Instant started = Instant.now();
    Result result = call("run", "--once", "--pipeline", file.toString());
    assertThat(result.exit()).isEqualTo(ExitCode.UNAVAILABLE.code());
    assertThat(result.err()).contains("127.0.0.1:1").contains("source.bootstrap-servers");
    assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }
}
