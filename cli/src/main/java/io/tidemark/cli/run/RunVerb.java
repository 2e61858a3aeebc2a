package io.tidemark.cli.run;

import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.ingest.IngestJob;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark run}. */
@Command(
    name = "run",
    description = "Lands, merges and refreshes: the whole pipeline in one Spark application.",
    mixinStandardHelpOptions = true)
public final class RunVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  @ArgGroup(multiplicity = "1")
  private Until until;

  private final Environment environment;

  RunVerb(Environment environment) {
    this.environment = environment;
  }

  private static final class Until {
    @Option(names = "--once", required = true, description = "End when all that is there is done")
    private boolean once;

    @Option(
        names = "--continuous",
        required = true,
        description = "Keep running; Ctrl-C ends it after the current batch")
    private boolean continuous;

    IngestJob.Mode mode() {
      return continuous && !once ? IngestJob.Mode.CONTINUOUS : IngestJob.Mode.ONCE;
    }
  }

  @Override
  public Integer call() {
    return new PipelineRun(options, environment, EnumSet.allOf(PipelineRun.Stage.class))
        .execute(until.mode());
  }
}
