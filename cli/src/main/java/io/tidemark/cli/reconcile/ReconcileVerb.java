package io.tidemark.cli.reconcile;

import io.tidemark.cli.status.SourceLag;
import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.BronzeColumns;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunIds;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.SourceType;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.IngestJob;
import io.tidemark.ingest.jdbc.TablePoll;
import io.tidemark.merge.MergeJob;
import io.tidemark.quality.reconcile.ReconcileLog;
import io.tidemark.quality.reconcile.Sample;
import io.tidemark.quality.reconcile.TableReconcile.Found;
import io.tidemark.quality.reconcile.Verdict;
import io.tidemark.quality.reconcile.Verdict.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark reconcile}. */
@Command(
    name = "reconcile",
    description =
        "Compares tables of silver with the source, row by row: hashes are made on both sides, and"
            + " only where they differ rows are read. Ends with 0 if all are equal, 3 if rows differ,"
            + " 4 if that could not be found out.",
    mixinStandardHelpOptions = true)
public final class ReconcileVerb implements Callable<Integer> {
  /** A stream that has nothing more to land so long after the view has passed it. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  @Mixin private PipelineOptions options;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Only this table of the lake; several times for several")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      description =
          "Compare about so many of a hundred rows, by their keys' hashes: the same ones each time;"
              + " default: all")
  private Double percent;

  @Option(
      names = "--run",
      description =
          "Run ingest and merge here where rows differ, to tell what was on its way; not while"
              + " another process runs the pipeline")
  private boolean runs;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for the pipeline to pass what was compared: ${DEFAULT-VALUE}")
  private int wait;

  private final Environment environment;

  ReconcileVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PipelineSpec spec = options.read(environment);
    spec.requireDatabase().snapshot().close();
    Lake lake = PipelineOptions.lake(spec);
    try {
      return reconcile(spec, lake).code();
    } finally {
      lake.spark().stop();
    }
  }

  private ExitCode reconcile(PipelineSpec spec, Lake lake) {
    String runId = RunIds.next(Clock.systemUTC());
    StopSignal stop = new StopSignal();
    ReconcileLog log = new ReconcileLog(lake, spec.name());
    ReconcileRun run =
        new ReconcileRun(
            spec,
            lake,
            (table, view) -> hasPassed(spec, lake, table, view, runId),
            Duration.ofSeconds(wait),
            Clock.systemUTC(),
            stop,
            sample());
    ExitCode worst = ExitCode.DONE;
    for (TableSpec table : wanted(spec, lake)) {
      Verdict verdict = run.run(table);
      log.store(runId, verdict);
      ReconcileLines lines = new ReconcileLines(runId, verdict);
      if (options.format() == PipelineOptions.Format.JSON) {
        System.out.println(JsonLine.of(lines.asMap()));
      } else {
        System.out.print(lines.text());
      }
      worst = worse(worst, verdict.outcome());
    }
    return worst;
  }

  private Sample sample() {
    if (percent == null) {
      return Sample.ALL;
    }
    if (percent <= 0 || percent > 100) {
      throw Errors.configuration(
          "Cannot compare %s %% of the rows".formatted(percent), "Give more than 0 and up to 100");
    }
    return Sample.ofPercent(percent);
  }

  private static ExitCode worse(ExitCode worst, Outcome outcome) {
    return switch (outcome) {
      case EQUAL -> worst;
      case DIFFERENT -> worst == ExitCode.UNAVAILABLE ? worst : ExitCode.QUALITY;
      case UNKNOWN -> ExitCode.UNAVAILABLE;
    };
  }

  private List<TableSpec> wanted(PipelineSpec spec, Lake lake) {
    List<String> known = lake.silverTables();
    for (String table : tables) {
      if (!known.contains(table)) {
        throw Errors.configuration(
            "Cannot compare table '%s': silver has no such table".formatted(table),
            "Name one of " + known + ", or run the pipeline first");
      }
    }
    return (tables.isEmpty() ? known : tables)
        .stream()
            .map(spec::table)
            .filter(table -> !table.appendOnly() && !table.sources().several())
            .toList();
  }

  private boolean hasPassed(
      PipelineSpec spec, Lake lake, TableSpec table, Found view, String runId) {
    if (runs) {
      RunContext context =
          new RunContext(runId, spec.name(), Clock.systemUTC(), new StopSignal(), step -> {});
      RunLog log = new RunLog(lake.spark(), lake.runs());
      IngestJob.claim(spec, lake);
      new IngestJob(spec, lake, context, log, () -> {}).run(IngestJob.Mode.ONCE);
      new MergeJob(spec, lake, context, log).run();
    }
    String name = table.name();
    if (!lake.bronze(name).exists() || SourceLag.notMerged(lake, spec.name(), name) > 0) {
      return false;
    }
    if (spec.source().type() == SourceType.JDBC) {
      String source = lake.bronze(name).properties().get(BronzeColumns.SOURCE_TABLE_PROPERTY);
      return TablePoll.passed(lake, spec.name(), name, source) >= view.place();
    }
    boolean settled = Clock.systemUTC().instant().isAfter(view.at().plus(SETTLED));
    return settled && SourceLag.of(spec, lake).of(name).filter(waiting -> waiting == 0).isPresent();
  }
}
