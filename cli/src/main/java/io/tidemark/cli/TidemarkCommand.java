package io.tidemark.cli;

import io.tidemark.cli.alert.AlertsVerb;
import io.tidemark.cli.backfill.BackfillVerb;
import io.tidemark.cli.check.CheckVerb;
import io.tidemark.cli.demo.DemoVerb;
import io.tidemark.cli.demo.SandboxVerb;
import io.tidemark.cli.letters.DeadLettersVerb;
import io.tidemark.cli.quality.QualityVerb;
import io.tidemark.cli.quarantine.QuarantineVerb;
import io.tidemark.cli.query.SchemaVerb;
import io.tidemark.cli.query.SqlVerb;
import io.tidemark.cli.reconcile.ReconcileVerb;
import io.tidemark.cli.reconcile.RepairVerb;
import io.tidemark.cli.run.GoldVerb;
import io.tidemark.cli.run.IngestVerb;
import io.tidemark.cli.run.MergeVerb;
import io.tidemark.cli.run.RunVerb;
import io.tidemark.cli.source.ConnectorVerb;
import io.tidemark.cli.source.EpochVerb;
import io.tidemark.cli.source.SnapshotVerb;
import io.tidemark.cli.source.SourcesVerb;
import io.tidemark.cli.status.StatusVerb;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: finds the verb, and turns every failure into a message and an exit code. */
@Command(
    name = "tidemark",
    description = "Keeps a lakehouse equal to its source databases.",
    mixinStandardHelpOptions = true,
    version = "tidemark 0.1.0",
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      DemoVerb.class,
      RunVerb.class,
      IngestVerb.class,
      MergeVerb.class,
      GoldVerb.class,
      SqlVerb.class,
      StatusVerb.class,
      QualityVerb.class,
      DeadLettersVerb.class,
      QuarantineVerb.class,
      SchemaVerb.class,
      SandboxVerb.class,
      CheckVerb.class,
      ConnectorVerb.class,
      SnapshotVerb.class,
      EpochVerb.class,
      SourcesVerb.class,
      ReconcileVerb.class,
      RepairVerb.class,
      BackfillVerb.class,
      RecoverVerb.class,
      AlertsVerb.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:unexpected error",
      "2:wrong use or configuration",
      "3:quality gate failed, or lake and source differ",
      "4:source, lake or network unavailable",
      "5:data would be lost or misordered; stopped before harm",
      "6:finished, with more bad rows than allowed"
    })
public final class TidemarkCommand implements Runnable {
  @Spec private CommandSpec spec;

  /**
   * Runs one verb.
   *
   * @param environment the variables that pipeline files may name
   * @return the process's exit code
   */
  public static int execute(Map<String, String> environment, String... arguments) {
    LogSettings.apply();
    CommandLine line = new CommandLine(new TidemarkCommand(), new VerbFactory(environment));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(wrongUse());
    line.setExecutionExceptionHandler((error, command, parsed) -> failed(error, command.getErr()));
    return line.execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing verb");
  }

  private static IParameterExceptionHandler wrongUse() {
    return (error, arguments) -> {
      CommandLine command = error.getCommandLine();
      PrintWriter err = command.getErr();
      err.println(error.getMessage());
      CommandLine.UnmatchedArgumentException.printSuggestions(error, err);
      err.println();
      command.usage(err);
      return ExitCode.CONFIGURATION.code();
    };
  }

  private static int failed(Exception error, PrintWriter err) {
    Optional<TidemarkException> known = TidemarkException.in(error);
    if (known.isPresent()) {
      err.println(known.get().getMessage());
      err.println("-> " + known.get().remedy());
      return known.get().exitCode().code();
    }
    err.println("Unexpected error: " + error);
    error.printStackTrace(err);
    err.println("-> Report this with the text above; what was committed is safe to run again over");
    return ExitCode.UNEXPECTED.code();
  }
}
