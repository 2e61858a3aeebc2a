package io.tidemark.cli.run;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.ingest.IngestJob;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark merge}. */
@Command(
    name = "merge",
    description = "Applies what has landed in bronze to silver, then ends.",
    mixinStandardHelpOptions = true)
public final class MergeVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  private final Environment environment;

  MergeVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return new PipelineRun(options, environment, EnumSet.of(PipelineRun.Stage.MERGE))
        .execute(IngestJob.Mode.ONCE);
  }
}
