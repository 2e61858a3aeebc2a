package io.tidemark.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark backfill}: one verb for each place that a table's past can come from. */
@Command(
    name = "backfill",
    description = "Brings a table's past in again, or makes silver and history of it anew.",
    synopsisSubcommandLabel = "SOURCE",
    subcommands = {BackfillSourceVerb.class, BackfillBronzeVerb.class, BackfillFilesVerb.class},
    mixinStandardHelpOptions = true)
final class BackfillVerb implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(
        command.commandLine(),
        "Missing source: one of " + String.join(", ", command.subcommands().keySet()));
  }
}
