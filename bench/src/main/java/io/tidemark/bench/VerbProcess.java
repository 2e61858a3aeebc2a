package io.tidemark.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times a verb in a process of its own, as a user starts it: Spark's start included. */
final class VerbProcess {
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("conf/spark.jvmoptions"));
    command.addAll(List.of("-Xmx" + heap, "-cp", classPath, "io.tidemark.Tidemark"));
    command.addAll(List.of(verb));
    command.addAll(List.of("--pipeline", pipeline.toString()));
    long started = System.nanoTime();
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    double took = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
    if (exit != 0) {
      throw new IllegalStateException(
          String.join(" ", verb) + " of " + home + " ended with exit code " + exit);
    }
    return took;
  }
}
