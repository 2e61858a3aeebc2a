package io.tidemark.cli.reconcile;

import io.tidemark.cli.backfill.BackfillOptions;
import io.tidemark.cli.run.RunReport;
import io.tidemark.cli.status.SourceLag;
import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.Interrupts;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.Errors;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunIds;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.spec.TableSpec;
import io.tidemark.ingest.BackfillJob;
import io.tidemark.merge.MergeJob;
import io.tidemark.quality.reconcile.KeyDifference.Kind;
import io.tidemark.quality.reconcile.KeyedRows;
import io.tidemark.quality.reconcile.ReconcileLog;
import io.tidemark.quality.reconcile.ReconcileLog.StoredKey;
import io.tidemark.quality.reconcile.RepairLog;
import io.tidemark.quality.reconcile.RepairLog.Repaired;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark repair}. */
@Command(
    name = "repair",
    description = {
      "Reads the rows that a comparison found to differ again from the source, applies them as",
      "changes that newer ones beat, and keeps what silver had before and has after. Ends with",
      "exit code 4 if they have landed and were not merged in time."
    },
    mixinStandardHelpOptions = true)
public final class RepairVerb implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int SHOWN = 20;

  @Mixin private PipelineOptions options;
  @Mixin private BackfillOptions reading;

  @Option(names = "--table", required = true, paramLabel = "T", description = "The table")
  private String table;

  @Option(
      names = "--from-reconcile",
      required = true,
      paramLabel = "RUN",
      description = "The run of 'tidemark reconcile' that found the differing rows")
  private String reconcile;

  private final Environment environment;

  RepairVerb(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PipelineSpec spec = options.read(environment);
    spec.requireDatabase().snapshot().close();
    Lake lake = PipelineOptions.lake(spec);
    StopSignal stop = new StopSignal();
    try (Interrupts interrupts = Interrupts.request(stop)) {
      ReconcileLog.Stored found = found(new ReconcileLog(lake, spec.name()));
      RunReport report =
          new RunReport(spec, RunIds.next(Clock.systemUTC()), Clock.systemUTC(), options.format());
      RunContext context = report.context(stop);
      List<Repaired> repaired = repair(spec, lake, found, context);
      new RepairLog(lake, spec.name())
          .store(report.runId(), reconcile, table, repaired, Clock.systemUTC().instant());
      tell(found, repaired);
      return report.finish().code();
    } finally {
      lake.spark().stop();
    }
  }

  private ReconcileLog.Stored found(ReconcileLog log) {
    ReconcileLog.Stored found =
        log.found(reconcile, table)
            .orElseThrow(
                () ->
                    Errors.configuration(
                        "Cannot repair table '%s': no comparison '%s' of it is known"
                            .formatted(table, reconcile),
                        "Compare it first: tidemark reconcile --table %s --pipeline %s"
                            .formatted(table, options.file())));
    if (found.keys().stream().anyMatch(key -> key.kind() == Kind.REPEATED_IN_LAKE)) {
      throw Errors.configuration(
          "Cannot repair table '%s' from its source: silver has rows more than once"
              .formatted(table),
          "Rebuild it: tidemark backfill bronze --table %s --pipeline %s"
              .formatted(table, options.file()));
    }
    return found;
  }

  private List<Repaired> repair(
      PipelineSpec spec, Lake lake, ReconcileLog.Stored found, RunContext context) {
    TableSpec wanted = spec.table(table);
    RunLog runs = new RunLog(lake.spark(), lake.runs());
    BackfillJob job = new BackfillJob(spec, wanted, lake, reading.pace(spec), context, runs);
    List<String> columns = job.key();
    List<List<String>> keys =
        found.keys().stream().map(one -> columns.stream().map(one.key()::get).toList()).toList();
    KeyedRows rows = new KeyedRows(lake, wanted, columns);
    Map<Integer, String> before = rows.json(keys);
    job.runKeys(keys, reading.patience());
    if (reading.merges()) {
      new MergeJob(spec, lake, context, runs).run();
    } else {
      awaitMerge(spec, lake, context);
    }
    Map<Integer, String> after = rows.json(keys);
    List<Repaired> repaired = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      repaired.add(new Repaired(found.keys().get(i), before.get(i), after.get(i)));
    }
    return repaired;
  }

  private void awaitMerge(PipelineSpec spec, Lake lake, RunContext context) {
    Instant deadline = context.clock().instant().plus(reading.patience());
    while (SourceLag.notMerged(lake, spec.name(), table) > 0) {
      if (context.stop().await(LOOK) || context.clock().instant().isAfter(deadline)) {
        throw Errors.unavailable(
            "Cannot tell what the repair of table '%s' changed: it has landed, and the pipeline has"
                    .formatted(table)
                + " not merged it yet",
            "Run the pipeline, or: tidemark merge --pipeline " + options.file(),
            null);
      }
    }
  }

  private void tell(ReconcileLog.Stored found, List<Repaired> repaired) {
    long changed = repaired.stream().filter(Repaired::changed).count();
    if (options.format() == PipelineOptions.Format.JSON) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("table", table);
      map.put("reconcile", reconcile);
      map.put("differing", found.differing());
      map.put("read_again", repaired.size());
      map.put("changed", changed);
      System.out.println(JsonLine.of(map));
      return;
    }
    System.out.printf(
        "%s: %,d of %,d differing rows read again, %,d changed in silver%n",
        table, repaired.size(), found.differing(), changed);
    repaired.stream().filter(Repaired::changed).limit(SHOWN).forEach(RepairVerb::line);
    if (found.differing() > repaired.size()) {
      System.out.printf(
          "compare again for the others, or read all rows: tidemark backfill source --table %s"
              + " --pipeline %s%n",
          table, options.file());
    }
  }

  private static void line(Repaired one) {
    StoredKey found = one.found();
    System.out.printf(
        "  %s: %s -> %s%n",
        found.key(),
        one.before() == null ? "not there" : one.before(),
        one.after() == null ? "deleted" : one.after());
  }
}
