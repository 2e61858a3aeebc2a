package io.tidemark.cli.quarantine;

import io.tidemark.cli.run.PipelineRun;
import io.tidemark.cli.run.RunReport;
import io.tidemark.cli.run.StepLine;
import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.cli.verb.VerbGroup;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.merge.quarantine.QuarantineBook;
import io.tidemark.merge.quarantine.QuarantineDecisions;
import io.tidemark.merge.quarantine.QuarantineFilter;
import io.tidemark.merge.quarantine.QuarantinedChange;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark quarantine}: one method for each of its verbs. */
@Command(
    name = "quarantine",
    description = "Lists, shows, releases and discards changes that were not accepted.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true)
public final class QuarantineVerb extends VerbGroup {
  private final Environment environment;
  private final Clock clock = Clock.systemUTC();

  QuarantineVerb(Environment environment) {
    this.environment = environment;
  }

  /** Which changes a verb is about. */
  private static final class Chosen {
    @Option(names = "--reason", paramLabel = "REASON", description = "Only changes of this reason")
    private String reason;

    @Option(
        names = "--rule",
        paramLabel = "NAME",
        description = "Only changes whose row breaks this rule")
    private String rule;

    @Option(
        names = "--key",
        paramLabel = "JSON",
        description = "Only changes of this key, as show prints it; may be given several times")
    private List<String> keys = List.of();

    QuarantineFilter filter() {
      return new QuarantineFilter(Optional.ofNullable(reason), Optional.ofNullable(rule), keys);
    }

    /** The filter of a verb that changes something: all of a table only if that is said. */
    QuarantineFilter deliberate(boolean all, String verb) {
      if (filter().isAll() && !all) {
        throw Errors.configuration(
            "Cannot " + verb + ": no changes are chosen",
            "Choose with --rule, --reason or --key, or say --all");
      }
      return filter();
    }
  }

  /** The table that a verb is about. */
  private static final class OneTable {
    @Option(
        names = "--table",
        required = true,
        paramLabel = "TABLE",
        description = "The table of the lake")
    private String table;
  }

  @Command(
      name = "list",
      description = "Counts changes by table, reason, rules and state, with the newest of each.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin PipelineOptions options,
      @Mixin Chosen chosen,
      @Option(names = "--table", paramLabel = "TABLE", description = "Only of this table")
          String table) {
    return options.inLake(
        environment,
        (spec, lake) -> {
          List<String> tables = table == null ? lake.bronzeTables(spec.name()) : List.of(table);
          List<QuarantineBook.Group> groups =
              tables.stream()
                  .flatMap(t -> new QuarantineBook(lake).groups(t, chosen.filter()).stream())
                  .toList();
          if (options.format() == PipelineOptions.Format.JSON) {
            groups.forEach(group -> print(QuarantineLines.json(group)));
          } else if (groups.isEmpty()) {
            print("nothing is in quarantine");
          } else {
            print(QuarantineLines.heading());
            groups.forEach(group -> print(QuarantineLines.of(group)));
          }
          return ExitCode.DONE.code();
        });
  }

  @Command(
      name = "show",
      description = "Shows changes with their rows as bronze has them, the newest first.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin PipelineOptions options,
      @Mixin Chosen chosen,
      @Mixin OneTable one,
      @Option(
              names = "--limit",
              defaultValue = "10",
              paramLabel = "N",
              description = "How many at most; ${DEFAULT-VALUE} if nothing is said")
          int most) {
    return options.inLake(
        environment,
        (spec, lake) -> {
          for (QuarantinedChange change :
              new QuarantineBook(lake).changes(one.table, chosen.filter(), most)) {
            if (options.format() == PipelineOptions.Format.JSON) {
              print(QuarantineLines.json(change));
            } else {
              QuarantineLines.of(change).forEach(QuarantineVerb::print);
            }
          }
          return ExitCode.DONE.code();
        });
  }

  @Command(
      name = "release",
      description =
          "Lands changes that broke a rule once more: the next merge judges them by today's rules,"
              + " and applies those that pass where nothing newer stands.",
      mixinStandardHelpOptions = true)
  int release(
      @Mixin PipelineOptions options,
      @Mixin Chosen chosen,
      @Mixin OneTable one,
      @Option(names = "--all", description = "All changes of the table that broke a rule")
          boolean all) {
    QuarantineFilter filter = chosen.deliberate(all, "release");
    return options.inLake(
        environment,
        (spec, lake) -> {
          RunLog runs = new RunLog(lake.spark(), lake.runs());
          StepRecord step =
              new QuarantineDecisions(lake, context(spec)).release(one.table, filter, runs);
          print(
              options.format() == PipelineOptions.Format.JSON
                  ? RunReport.json(step)
                  : StepLine.of(step));
          if (step.counts().of(Count.LANDED) > 0) {
            System.err.printf("-> tidemark merge --pipeline %s judges them anew%n", spec.file());
          }
          return ExitCode.DONE.code();
        });
  }

  @Command(
      name = "discard",
      description = "Records that changes will never be applied; keeps them.",
      mixinStandardHelpOptions = true)
  int discard(
      @Mixin PipelineOptions options,
      @Mixin Chosen chosen,
      @Mixin OneTable one,
      @Option(
              names = "--note",
              required = true,
              paramLabel = "TEXT",
              description = "Why, for those who ask later")
          String note,
      @Option(names = "--all", description = "All changes of the table") boolean all) {
    QuarantineFilter filter = chosen.deliberate(all, "discard");
    return options.inLake(
        environment,
        (spec, lake) -> {
          long changes =
              new QuarantineDecisions(lake, context(spec)).discard(one.table, filter, note);
          print(
              options.format() == PipelineOptions.Format.JSON
                  ? "{\"discarded\":" + changes + "}"
                  : "%,d changes discarded".formatted(changes));
          return ExitCode.DONE.code();
        });
  }

  private RunContext context(PipelineSpec spec) {
    return PipelineRun.context(spec, clock, new StopSignal());
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
