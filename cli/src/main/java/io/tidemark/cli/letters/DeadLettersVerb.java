package io.tidemark.cli.letters;

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
import io.tidemark.ingest.DeadLetterJob;
import io.tidemark.ingest.letters.Letter;
import io.tidemark.ingest.letters.LetterFilter;
import io.tidemark.ingest.letters.LetterGroup;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark dead-letters}: one method for each of its verbs. */
@Command(
    name = "dead-letters",
    description = "Lists, shows, replays and discards records that could not be decoded.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true)
public final class DeadLettersVerb extends VerbGroup {
  private final Environment environment;
  private final Clock clock = Clock.systemUTC();

  DeadLettersVerb(Environment environment) {
    this.environment = environment;
  }

  @Command(
      name = "list",
      description = "Counts letters by table, reason and status, with the newest of each.",
      mixinStandardHelpOptions = true)
  int list(@Mixin PipelineOptions options, @Mixin LetterOptions chosen) {
    LetterFilter filter = chosen.filter(clock.instant());
    return options.inLake(
        environment,
        (spec, lake) -> {
          List<LetterGroup> groups = new DeadLetterJob(spec, lake).book().groups(filter);
          if (options.format() == PipelineOptions.Format.JSON) {
            groups.forEach(group -> print(LetterLines.json(group)));
          } else if (groups.isEmpty()) {
            print("no dead letters");
          } else {
            print(LetterLines.heading());
            groups.forEach(group -> print(LetterLines.of(group)));
          }
          return ExitCode.DONE.code();
        });
  }

  @Command(
      name = "show",
      description = "Shows one letter with its key, value and headers as they came.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin PipelineOptions options,
      @Parameters(paramLabel = "ID", description = "topic/partition/offset, as list shows it")
          String id,
      @Option(
              names = "--reveal",
              description = "Also the bytes of letters that are sealed because of masked columns")
          boolean reveal) {
    return options.inLake(
        environment,
        (spec, lake) -> {
          Letter letter = new DeadLetterJob(spec, lake).book().letter(id);
          LetterLines.Bytes bytes = reveal ? LetterLines.Bytes.REVEALED : LetterLines.Bytes.HIDDEN;
          if (options.format() == PipelineOptions.Format.JSON) {
            print(LetterLines.json(letter, bytes));
          } else {
            LetterLines.of(letter, bytes).forEach(DeadLettersVerb::print);
          }
          return ExitCode.DONE.code();
        });
  }

  @Command(
      name = "replay",
      description =
          "Decodes open letters again with today's pipeline file and lands what can be decoded;"
              + " ends with exit code 6 if some are still bad.",
      mixinStandardHelpOptions = true)
  int replay(@Mixin PipelineOptions options, @Mixin LetterOptions chosen) {
    LetterFilter filter = chosen.filter(clock.instant());
    return options.inLake(
        environment,
        (spec, lake) -> {
          RunLog runs = new RunLog(lake.spark(), lake.runs());
          StepRecord record = new DeadLetterJob(spec, lake).replay(filter, context(spec), runs);
          long landed = record.counts().of(Count.LANDED);
          long bad = record.counts().of(Count.DEAD_LETTERED);
          if (options.format() == PipelineOptions.Format.JSON) {
            print(RunReport.json(record));
          } else {
            print(StepLine.of(record));
          }
          if (landed > 0) {
            System.err.printf("-> tidemark merge --pipeline %s applies what landed%n", spec.file());
          }
          return (bad > 0 ? ExitCode.BAD_ROWS : ExitCode.DONE).code();
        });
  }

  @Command(
      name = "discard",
      description = "Records that open letters will never be applied; keeps their bytes.",
      mixinStandardHelpOptions = true)
  int discard(
      @Mixin PipelineOptions options,
      @Mixin LetterOptions chosen,
      @Option(
              names = "--note",
              required = true,
              paramLabel = "TEXT",
              description = "Why, for those who ask later")
          String note,
      @Option(names = "--all", description = "All open letters of the pipeline") boolean all) {
    LetterFilter filter = chosen.filter(clock.instant());
    if (filter.isAll() && !all) {
      throw Errors.configuration(
          "Cannot discard: no letters are chosen",
          "Choose with --table, --reason, --since, --until or --id, or say --all");
    }
    return options.inLake(
        environment,
        (spec, lake) -> {
          long letters = new DeadLetterJob(spec, lake).discard(filter, note, context(spec));
          print(
              options.format() == PipelineOptions.Format.JSON
                  ? "{\"discarded\":" + letters + "}"
                  : "%,d letters discarded".formatted(letters));
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
