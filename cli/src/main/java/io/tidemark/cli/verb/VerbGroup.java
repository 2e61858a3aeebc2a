package io.tidemark.cli.verb;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A verb that does nothing by itself: one of those below it is to be named. */
public abstract class VerbGroup implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public final void run() {
    String one = command.usageMessage().synopsisSubcommandLabel().toLowerCase(Locale.ROOT);
    throw new ParameterException(
        command.commandLine(),
        "Missing " + one + ": one of " + String.join(", ", command.subcommands().keySet()));
  }
}
