package io.tidemark.cli.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark demo}. */
@Command(
    name = "demo",
    description =
        "Runs the whole path on a real PostgreSQL, Kafka and Debezium, and proves that lake and source are equal.",
    mixinStandardHelpOptions = true)
public final class DemoVerb implements Callable<Integer> {
  @Option(names = "--keep", description = "Leave sandbox and lake up to look around")
  private boolean keep;

  @Option(
      names = "--seed",
      defaultValue = "2026",
      description =
          "Of the workload; the same seed makes the same changes. Default ${DEFAULT-VALUE}")
  private long seed;

  @Override
  public Integer call() throws Exception {
    return new Demo(keep ? Demo.End.KEEP : Demo.End.CLEAN_UP, seed, System.out).run().code();
  }
}
