package io.tidemark.cli.check;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark check}. */
@Command(
    name = "check",
    description =
        "Looks at a pipeline's file, lake, Kafka, topics and connectors before it runs; changes"
            + " nothing.",
    mixinStandardHelpOptions = true)
public final class CheckVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  private final Environment environment;

  CheckVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    CheckReport report = PipelineCheck.run(options.read(environment));
    System.out.print(
        options.format() == PipelineOptions.Format.JSON ? report.json() : report.text());
    System.out.flush();
    return report.exitCode().code();
  }
}
