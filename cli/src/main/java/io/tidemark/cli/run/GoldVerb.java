package io.tidemark.cli.run;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.ingest.IngestJob;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark gold}. */
@Command(
    name = "gold",
    description = "Refreshes the marts whose silver tables have changed, then ends.",
    mixinStandardHelpOptions = true)
public final class GoldVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  private final Environment environment;

  GoldVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return new PipelineRun(options, environment, EnumSet.of(PipelineRun.Stage.GOLD))
        .execute(IngestJob.Mode.ONCE);
  }
}
