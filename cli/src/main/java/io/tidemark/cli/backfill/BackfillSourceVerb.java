package io.tidemark.cli.backfill;

import io.tidemark.cli.run.RunReport;
import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.Interrupts;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunIds;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.BackfillJob;
import io.tidemark.ingest.jdbc.BackfillScope;
import io.tidemark.ingest.jdbc.TableBackfill.Estimate;
import io.tidemark.merge.MergeJob;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark backfill source}. */
@Command(
    name = "source",
    description = {
      "Reads rows of a table again from its database, and lands them as changes that stand at the",
      "place in the log at which reading began: a row that has changed since keeps its change.",
      "All rows, unless some are chosen; only then rows that the source no longer has stay. Cut off,",
      "it goes on where it was. Ends with exit code 4 if the database does not answer, 6 if rows",
      "were dead-lettered."
    },
    mixinStandardHelpOptions = true)
final class BackfillSourceVerb implements Callable<Integer> {
  @Mixin private PipelineOptions options;
  @Mixin private BackfillOptions reading;
  @Mixin private BackfillScopeOptions chosen;

  @Option(names = "--table", required = true, paramLabel = "T", description = "The table")
  private String table;

  @Option(names = "--dry-run", description = "Only tell what would be read")
  private boolean dryRun;

  @Option(names = "--restart", description = "Begin anew where a backfill of the table was cut off")
  private boolean restart;

  private final Environment environment;

  BackfillSourceVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PipelineSpec spec = options.read(environment);
    spec.requireDatabase().snapshot().close();
    Lake lake = PipelineOptions.lake(spec);
    StopSignal stop = new StopSignal();
    try (Interrupts interrupts = Interrupts.request(stop)) {
      RunReport report =
          new RunReport(spec, RunIds.next(Clock.systemUTC()), Clock.systemUTC(), options.format());
      RunContext context = report.context(stop);
      RunLog runs = new RunLog(lake.spark(), lake.runs());
      BackfillJob job =
          new BackfillJob(spec, spec.table(table), lake, reading.pace(spec), context, runs);
      BackfillScope scope = chosen.scope(job);
      if (dryRun) {
        estimate(lake, job, scope);
        return 0;
      }
      if (restart) {
        job.abandon();
      }
      if (job.open().isPresent() && options.format() == PipelineOptions.Format.TEXT) {
        System.out.println("going on with the backfill of " + scope.words() + " that was cut off");
      }
      return run(spec, lake, job, scope, context, runs, report);
    } finally {
      lake.spark().stop();
    }
  }

  private int run(
      PipelineSpec spec,
      Lake lake,
      BackfillJob job,
      BackfillScope scope,
      RunContext context,
      RunLog runs,
      RunReport report) {
    BackfillProgress progress =
        new BackfillProgress(table, total(job, scope), Clock.systemUTC(), options.format());
    Counts counts = job.run(scope, reading.patience(), progress::read);
    if (reading.merges()) {
      new MergeJob(spec, lake, context, runs).run();
    } else if (counts.of(Count.LANDED) > 0 && options.format() == PipelineOptions.Format.TEXT) {
      System.out.printf(
          "landed in bronze; silver has it after the pipeline's next merge, or: tidemark merge"
              + " --pipeline %s%n",
          options.file());
    }
    return report.finish().code();
  }

  private static long total(BackfillJob job, BackfillScope scope) {
    return scope instanceof BackfillScope.Whole
        ? job.approximateRows()
        : job.estimate(scope).rows();
  }

  private void estimate(Lake lake, BackfillJob job, BackfillScope scope) {
    Estimate estimate = job.estimate(scope);
    String partition = "landed_date=" + LocalDate.now(ZoneOffset.UTC);
    if (options.format() == PipelineOptions.Format.JSON) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("table", table);
      map.put("scope", scope.words());
      map.put("rows", estimate.rows());
      estimate.bytes().ifPresent(bytes -> map.put("bytes", bytes));
      map.put("queries", estimate.queries());
      map.put("bronze", lake.bronze(table).path());
      map.put("partition", partition);
      System.out.println(JsonLine.of(map));
    } else {
      System.out.printf(
          "%s, %s: %,d rows, %s in the source, by %,d queries; they would land in %s, partition %s%n",
          table,
          scope.words(),
          estimate.rows(),
          estimate.bytes().isPresent()
              ? "about %,d bytes".formatted(estimate.bytes().getAsLong())
              : "nobody knows how many bytes",
          estimate.queries(),
          lake.bronze(table).path(),
          partition);
    }
  }
}
