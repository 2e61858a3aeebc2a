package io.tidemark.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Times a verb in a process of its own, as a user starts it: Spark's start included.
 *
 * <p>{@code -Dtidemark.bench.prefix="taskset -c 1"} starts it through that command; with the
 * benchmark and its servers under {@code taskset -c 0} they meet as on machines of their own.
 */
final class VerbProcess {
  private static final String PREFIX = System.getProperty("tidemark.bench.prefix", "").strip();

  private VerbProcess() {}

  /**
   * Runs a verb to its end.
   *
   * @param home the build's folder
   * @param heap the most memory, such as {@code 2g}
   * @return seconds
   * @throws IllegalStateException if it does not end with exit code 0
   */
  static double run(Path home, String classPath, String heap, Path pipeline, String... verb)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(List.of("--pipeline", pipeline.toString()));
    return run(home, classPath, heap, "io.tidemark.Tidemark", arguments);
  }

  /** The same of any program. */
  static double run(
      Path home, String classPath, String heap, String program, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (!PREFIX.isEmpty()) {
      command.addAll(List.of(PREFIX.split("\\s+")));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("conf/spark.jvmoptions"));
    command.addAll(List.of("-Xmx" + heap, "-cp", classPath, program));
    command.addAll(arguments);
    long started = System.nanoTime();
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    double took = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
    if (exit != 0) {
      throw new IllegalStateException(
          program + " " + arguments.get(0) + " of " + home + " ended with exit code " + exit);
    }
    return took;
  }
}
