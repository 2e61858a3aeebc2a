package io.tidemark.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A crash ends a process, so the crash points are reached in another one. */
class CrashPointTest {
  /** Reaches two points, one of them twice. */
  static final class Program {
    private Program() {}

    /** Says how far it came. */
    public static void main(String[] arguments) {
      CrashPoint.AFTER_BRONZE_TABLE.reach();
      System.out.println("first");
      CrashPoint.AFTER_SILVER.reach();
      CrashPoint.AFTER_BRONZE_TABLE.reach();
      System.out.println("end");
    }
  }

  private record Ended(int code, String output) {}

  private static Ended run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  @Test
  void unsetNothingHappens() throws Exception {
    assertThat(run()).isEqualTo(new Ended(0, "first\nend\n"));
  }

  @Test
  void theFirstTimeIsTheDefault() throws Exception {
    assertThat(run("-Dtidemark.crash-at=AFTER_SILVER"))
        .isEqualTo(new Ended(CrashPoint.EXIT, "first\n"));
    assertThat(run("-Dtidemark.crash-at=AFTER_BRONZE_TABLE"))
        .isEqualTo(new Ended(CrashPoint.EXIT, ""));
  }

  @Test
  void theNthTimeOfOnePointCountsOnlyItself() throws Exception {
    assertThat(run("-Dtidemark.crash-at=AFTER_BRONZE_TABLE:2"))
        .isEqualTo(new Ended(CrashPoint.EXIT, "first\n"));
    assertThat(run("-Dtidemark.crash-at=AFTER_SILVER:2")).isEqualTo(new Ended(0, "first\nend\n"));
  }
}
