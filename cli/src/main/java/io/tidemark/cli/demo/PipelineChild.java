package io.tidemark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.error.Errors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The pipeline in a process of its own, so that it can be killed; its output is a file. */
final class PipelineChild implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  // It runs for a minute or two: starting fast matters more than peak speed. With one compiler tier
  // the default room for compiled code is too small for Spark.
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx2g",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=256m");

  private final Process process;
  private final Path out;
  private final Path err;

  private PipelineChild(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts {@code tidemark}.
   *
   * @param number of this start; names its log
   * @param arguments the verb and all that follows it
   */
  static PipelineChild start(
      Path folder, int number, List<String> arguments, Map<String, String> environment) {
    Path out = folder.resolve("run-" + number + ".log");
    Path err = folder.resolve("run-" + number + ".err");
    List<String> command = new ArrayList<>();
    Path home = Path.of(System.getProperty("tidemark.home"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("conf").resolve("spark.jvmoptions"));
    command.addAll(JVM_OPTIONS);
    command.addAll(classArchive());
    command.addAll(List.of(mark(folder), "-Dtidemark.home=" + home, "io.tidemark.Tidemark"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    // Not as an argument: the arguments, by which the process is recognised, must stay short.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    try {
      return new PipelineChild(builder.start(), out, err);
    } catch (IOException e) {
      throw Errors.unavailable("Cannot start the pipeline's process", "See the cause above", e);
    }
  }

  /** What this process loads its classes from: the class path is the same. */
  private static List<String> classArchive() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("-XX:SharedArchiveFile=") || a.startsWith("-Xlog:cds"))
        .toList();
  }

  /** Ends what a demo in this folder left running that was itself killed. */
  static void killLeftovers(Path folder) {
    ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().arguments().stream()
                    .anyMatch(a -> List.of(a).contains(mark(folder))))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static String mark(Path folder) {
    return "-Dtidemark.demo=" + folder;
  }

  /** What its steps have told so far, one object each. */
  List<JsonNode> steps() {
    List<JsonNode> steps = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(out)) {
        // A process that was killed may leave half a line.
        if (line.startsWith("{") && line.endsWith("}")) {
          steps.add(JSON.readTree(line));
        }
      }
    } catch (IOException e) {
      throw Errors.unavailable("Cannot read " + out, "See the cause above", e);
    }
    return steps;
  }

  /** The id under which its run records stand; empty before its first step. */
  Optional<String> runId() {
    return steps().stream().map(line -> line.path("run").asText()).findFirst();
  }

  /** How many of its finished steps are of this kind. */
  long finished(String step) {
    return steps().stream().filter(line -> line.path("step").asText().equals(step)).count();
  }

  void requireAlive() {
    if (!process.isAlive()) {
      throw failure("The pipeline", process.exitValue());
    }
  }

  /** An error that says where to read on. */
  RuntimeException failure(String what, int exitCode) {
    return Errors.unavailable(
        what + " ended with exit code " + exitCode, "Read " + out + " and " + err, null);
  }

  /** As {@code kill -9}: nothing is cleaned up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As Ctrl-C: ends after the current batch. Returns the exit code. */
  int stop(Duration atMost) throws InterruptedException {
    process.destroy();
    return await(atMost);
  }

  /** Waits for its end and returns its exit code. */
  int await(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw Errors.unavailable(
          "The pipeline did not end within " + atMost.toSeconds() + " s",
          "Read " + out + " and " + err,
          null);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
