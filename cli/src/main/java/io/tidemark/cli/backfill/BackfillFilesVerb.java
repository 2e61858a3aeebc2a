package io.tidemark.cli.backfill;

import io.tidemark.cli.run.PipelineRun;
import io.tidemark.cli.run.RunReport;
import io.tidemark.cli.run.StepLine;
import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.Interrupts;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.SourceFormat;
import io.tidemark.ingest.FileBackfill;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark backfill files}. */
@Command(
    name = "files",
    description =
        "Lands the changes of one table that are in files of events, one Kafka record a line, beside"
            + " the pipeline's source and while it runs. What the table has already is left out. Ends"
            + " with 6 if more of them than max-bad-share became dead letters.",
    mixinStandardHelpOptions = true)
final class BackfillFilesVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE",
      description = "The table of the lake; changes of others are counted and left out")
  private String table;

  @Option(
      names = "--path",
      required = true,
      paramLabel = "PATH",
      description = "A file, a folder or a glob, on any file system")
  private String path;

  @Option(
      names = "--file-format",
      paramLabel = "FORMAT",
      description =
          "How keys and values are written: debezium-json, debezium-avro or debezium-protobuf; as in"
              + " the pipeline's source without it")
  private Optional<String> fileFormat = Optional.empty();

  @Option(names = "--dry-run", description = "Only tell which files would be taken")
  private boolean dryRun;

  private final Environment environment;

  BackfillFilesVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PipelineSpec spec = options.read(environment);
    Optional<SourceFormat> format = fileFormat.map(BackfillFilesVerb::format);
    Lake lake = PipelineOptions.lake(spec);
    StopSignal stop = new StopSignal();
    try (Interrupts interrupts = Interrupts.request(stop)) {
      RunContext context = PipelineRun.context(spec, Clock.systemUTC(), stop);
      FileBackfill backfill = new FileBackfill(spec, lake, table, path, format, context);
      if (dryRun) {
        print(backfill.preview());
        return ExitCode.DONE.code();
      }
      Counts counts = new Counts();
      backfill
          .run(new RunLog(lake.spark(), lake.runs()), this::print)
          .forEach(step -> counts.addAll(step.counts()));
      return finish(spec, counts).code();
    } finally {
      lake.spark().stop();
    }
  }

  private static SourceFormat format(String word) {
    for (SourceFormat format : SourceFormat.values()) {
      if (format.word().equals(word)) {
        return format;
      }
    }
    throw Errors.configuration(
        "Cannot read files of the format '%s'".formatted(word),
        "Say one of debezium-json, debezium-avro, debezium-protobuf");
  }

  private void print(StepRecord step) {
    System.out.println(
        options.format() == PipelineOptions.Format.JSON ? RunReport.json(step) : StepLine.of(step));
  }

  private void print(FileBackfill.Preview preview) {
    System.out.printf(
        options.format() == PipelineOptions.Format.JSON
            ? "{\"table\":\"%s\",\"dry_run\":true,\"files\":%d,\"bytes\":%d,\"taken_before\":%d}%n"
            : "%s: would read %,d files of %,d bytes; %,d others were taken before%n",
        table,
        preview.files(),
        preview.bytes(),
        preview.taken());
  }

  private ExitCode finish(PipelineSpec spec, Counts counts) {
    boolean bad =
        spec.maxBadShare().isExceededBy(counts.of(Count.DEAD_LETTERED), counts.of(Count.READ));
    ExitCode code = bad ? ExitCode.BAD_ROWS : ExitCode.DONE;
    System.out.println(
        options.format() == PipelineOptions.Format.JSON ? json(counts, code) : text(counts));
    if (counts.of(Count.LANDED) > 0) {
      System.err.printf("-> tidemark merge --pipeline %s applies what landed%n", spec.file());
    }
    if (counts.of(Count.HELD) > 0) {
      System.err.printf(
          "-> tidemark run --once --pipeline %s lands what was left to it%n", spec.file());
    }
    if (bad) {
      System.err.printf("-> tidemark dead-letters list --pipeline %s%n", spec.file());
    }
    return code;
  }

  private String text(Counts counts) {
    return "%s: %,d records read, %,d landed, %,d there already, %,d of other tables or no rows, %,d dead-lettered, %,d left to the pipeline's source"
        .formatted(
            table,
            counts.of(Count.READ),
            counts.of(Count.LANDED),
            counts.of(Count.REPLAYED),
            counts.of(Count.IGNORED),
            counts.of(Count.DEAD_LETTERED),
            counts.of(Count.HELD));
  }

  private String json(Counts counts, ExitCode code) {
    return "{\"table\":\"%s\",\"read\":%d,\"landed\":%d,\"replayed\":%d,\"ignored\":%d,\"dead_lettered\":%d,\"held\":%d,\"exit_code\":%d}"
        .formatted(
            table,
            counts.of(Count.READ),
            counts.of(Count.LANDED),
            counts.of(Count.REPLAYED),
            counts.of(Count.IGNORED),
            counts.of(Count.DEAD_LETTERED),
            counts.of(Count.HELD),
            code.code());
  }
}
