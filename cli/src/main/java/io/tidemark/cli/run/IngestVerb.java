package io.tidemark.cli.run;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.ingest.IngestJob;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark ingest}. */
@Command(
    name = "ingest",
    description = "Lands new records of the source in bronze, then ends.",
    mixinStandardHelpOptions = true)
public final class IngestVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  private final Environment environment;

  IngestVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return new PipelineRun(options, environment, EnumSet.of(PipelineRun.Stage.INGEST))
        .execute(IngestJob.Mode.ONCE);
  }
}
