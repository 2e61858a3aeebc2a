package io.tidemark.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cli.TidemarkCommand;
import io.tidemark.core.error.ExitCode;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.junit.SandboxExtension;
import io.tidemark.sandbox.junit.WithSandbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verb says about a folder where nothing runs, and about the tests' own sandbox. */
@Tag("slow")
@WithSandbox
final class SandboxVerbTest {
  private static final String RUNNING = SandboxExtension.state().toString();

  @TempDir private Path empty;

  private record Result(int exit, String out) {}

  private static Result call(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int exit = TidemarkCommand.execute(Map.of(), arguments);
      return new Result(exit, out.toString(StandardCharsets.UTF_8).strip());
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void saysThatNothingRuns() {
    String state = empty.toString();

    assertThat(call("sandbox", "status", "--state", state))
        .isEqualTo(new Result(ExitCode.UNAVAILABLE.code(), "no sandbox runs in " + state));
    assertThat(call("sandbox", "status", "--state", state, "--format", "json"))
        .isEqualTo(new Result(ExitCode.UNAVAILABLE.code(), "{\"running\":false}"));
    assertThat(call("sandbox", "stop", "--state", state))
        .isEqualTo(new Result(0, "no sandbox runs in " + state));
    assertThat(call("sandbox", "stop", "--state", state, "--format", "json"))
        .isEqualTo(new Result(0, "{\"stopped\":\"nothing_running\"}"));
  }

  @Test
  void startingARunningOneShowsIt(SandboxAddresses sandbox) {
    Result text = call("sandbox", "start", "--state", RUNNING);
    Result json = call("sandbox", "start", "--state", RUNNING, "--format", "json");

    assertThat(text.exit()).isZero();
    assertThat(text.out())
        .contains("already running in ")
        .contains("psql '" + sandbox.psqlUrl() + "'")
        .contains("export KAFKA=" + sandbox.bootstrapServers() + " CONNECT=" + sandbox.connectUrl())
        .endsWith("./tidemark sandbox stop --state " + RUNNING);
    assertThat(json.out())
        .startsWith("{\"running\":true,\"jdbc_url\":\"" + sandbox.jdbcUrl() + "\"")
        .endsWith("\"pid\":" + sandbox.pid() + "}");
  }

  @Test
  void statusTellsWhatIsUp(SandboxAddresses sandbox) {
    Result result = call("sandbox", "status", "--state", RUNNING);

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .containsPattern("connect_url +" + sandbox.connectUrl())
        .containsPattern("postgresql +UP")
        .containsPattern("kafka +UP")
        .containsPattern("connect +UP");
  }
}
