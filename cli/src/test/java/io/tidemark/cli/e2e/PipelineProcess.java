package io.tidemark.cli.e2e;

import io.tidemark.cli.TidemarkCommand;
import io.tidemark.sandbox.SandboxAddresses;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Runs verbs as an operator does: in processes of their own where they are to be killed. */
final class PipelineProcess {
  private final Path pipeline;
  private final Path log;

  /** A pipeline that reads topics. */
  PipelineProcess(Path folder, SandboxAddresses sandbox, Path lake, String topics)
      throws IOException {
    this(
        folder,
        """
        pipeline: kill
        lake: %s
        source: {type: debezium, bootstrap-servers: '%s', topics: '%s'}
        tables: {accounts: {history: true}}
        """
            .formatted(lake, sandbox.bootstrapServers(), topics));
  }

  /** A pipeline with this file. */
  PipelineProcess(Path folder, String text) throws IOException {
    this.pipeline = folder.resolve("pipeline.yml");
    this.log = folder.resolve("process.log");
    Files.writeString(pipeline, text);
  }

  /** Starts {@code run --once}; {@code crashAt} is a crash point's name, or empty. */
  Process runOnce(String crashAt) throws IOException {
    return start("-Dtidemark.crash-at=" + crashAt, "run", "--once");
  }

  /** Starts {@code run --continuous}, which runs until it is stopped or killed. */
  Process runContinuously() throws IOException {
    return start("-Dtidemark.crash-at=", "run", "--continuous");
  }

  /** Starts a verb. */
  Process start(String property, String... verb) throws IOException {
    String home = System.getProperty("tidemark.home");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of(home, "conf", "spark.jvmoptions"));
    command.add("-Xmx1500m");
    // A short run: compiling its code well would cost more than it saves.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=256m"));
    command.add("-Dtidemark.home=" + home);
    command.add("-Duser.timezone=UTC");
    command.add(property);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.tidemark.Tidemark");
    command.addAll(List.of(verb));
    command.addAll(List.of("--pipeline", pipeline.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /**
   * Runs a verb in this JVM, which has its code at hand where a new process begins cold, and tells
   * its exit code. Like every verb it stops Spark when it ends: sessions from before are closed.
   */
  int here(String... verb) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(List.of("--pipeline", pipeline.toString()));
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream captured =
        new PrintStream(
            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            true,
            StandardCharsets.UTF_8)) {
      System.setOut(captured);
      System.setErr(captured);
      return TidemarkCommand.execute(System.getenv(), arguments.toArray(String[]::new));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Everything the processes have printed. */
  String output() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }
}
