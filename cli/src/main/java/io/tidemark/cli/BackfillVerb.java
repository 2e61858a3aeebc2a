package io.tidemark.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark backfill}. */
@Command(
    name = "backfill",
    description = "Brings rows of a table into the lake again, beside the pipeline or without it.",
    subcommands = {BackfillSourceVerb.class},
    mixinStandardHelpOptions = true)
final class BackfillVerb implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say from where: tidemark backfill " + String.join("|", spec.subcommands().keySet()));
  }
}
