package io.tidemark.cli.run;

import io.tidemark.cli.alert.AlertWatch;
import io.tidemark.cli.verb.Environment;
import io.tidemark.cli.verb.Interrupts;
import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunIds;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.IngestJob;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.kafka.KafkaSource;
import io.tidemark.merge.GoldJob;
import io.tidemark.merge.MergeJob;
import io.tidemark.merge.MergeOutcome;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of some or all stages of a pipeline. */
public final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

  /** The stages, in the order of the data. */
  enum Stage {
    INGEST,
    MERGE,
    GOLD
  }

  private final PipelineOptions options;
  private final Environment environment;
  private final Set<Stage> stages;
  private final Clock clock = Clock.systemUTC();
  private final StopSignal stop = new StopSignal();

  PipelineRun(PipelineOptions options, Environment environment, Set<Stage> stages) {
    this.options = options;
    this.environment = environment;
    this.stages = stages;
  }

  int execute(IngestJob.Mode mode) {
    PipelineSpec spec = options.read(environment);
    LOG.info("Effective configuration:\n{}", spec.effectiveConfig());
    RunReport report = new RunReport(spec, RunIds.next(clock), clock, options.format());
    AlertWatch watch = new AlertWatch(spec, verb(), verbs(), clock, report.runId());
    Lake lake = watch.open(() -> opened(spec));
    try (Interrupts interrupts = Interrupts.request(stop);
        RunPages pages = new RunPages(spec, lake, clock, stop, report)) {
      RunContext context = report.context(stop, watch::step);
      if (!stages.equals(Set.of(Stage.INGEST))) {
        Checks.requireValid(spec, lake); // What only lands rows needs no check.
      }
      if (stages.contains(Stage.INGEST)) {
        IngestJob.claim(spec, lake);
      }
      RunLog runs = new RunLog(lake.spark(), lake.runs());
      Checks checks = Checks.of(spec, lake, context, runs);
      Stages jobs = new Stages(spec, lake, context, runs, report, checks, watch, pages);
      if (mode == IngestJob.Mode.ONCE) {
        jobs.once(stages);
      } else {
        watch.start(stop);
        pages.start();
        jobs.continuous();
      }
      pages.ended();
      ExitCode code = report.finish();
      watch.ended();
      return code.code();
    } catch (Throwable e) { // Whatever it is, somebody is to know.
      stop.request();
      watch.failed(e);
      throw e;
    } finally {
      lake.spark().stop();
    }
  }

  private Lake opened(PipelineSpec spec) {
    if (stages.contains(Stage.INGEST)) {
      requireSource(spec);
    }
    return PipelineOptions.lake(spec);
  }

  private String verb() {
    return stages.size() == 1 ? word(stages.iterator().next()) : "run";
  }

  /** A run that ends well does all that the verbs of its stages do. */
  private Set<String> verbs() {
    Set<String> verbs = new HashSet<>(Set.of(verb()));
    stages.forEach(stage -> verbs.add(word(stage)));
    return verbs;
  }

  private static String word(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  /** Asked before Spark starts, which takes longer than the answer; files need Spark's settings. */
  private static void requireSource(PipelineSpec spec) {
    switch (spec.source().type()) {
      case DEBEZIUM -> {
        try (KafkaSource kafka = KafkaSource.of(spec.source().kafka())) {
          kafka.clusterId();
        }
      }
      case JDBC -> spec.source().jdbc().database().snapshot().close();
      case FILES -> {}
    }
  }

  /** What the steps of a new run share that prints none of them. */
  public static RunContext context(PipelineSpec spec, Clock clock, StopSignal stop) {
    return new RunContext(RunIds.next(clock), spec.name(), clock, stop, step -> {});
  }

  /** The jobs of one run, in their order. */
  private record Stages(
      PipelineSpec spec,
      Lake lake,
      RunContext context,
      RunLog runs,
      RunReport report,
      Checks checks,
      AlertWatch watch,
      RunPages pages) {

    void once(Set<Stage> stages) {
      if (stages.contains(Stage.INGEST)) {
        ingested(new IngestJob(spec, lake, context, runs, () -> {}).run(IngestJob.Mode.ONCE));
      }
      if (stages.contains(Stage.MERGE) && !context.stop().requested()) {
        watch.merged(new MergeJob(spec, lake, context, runs).run());
      }
      if (stages.containsAll(Set.of(Stage.INGEST, Stage.MERGE)) && sweeps().runDue()) {
        watch.merged(new MergeJob(spec, lake, context, runs).run());
      }
      if ((stages.contains(Stage.MERGE) || stages.contains(Stage.GOLD))
          && !context.stop().requested()) {
        audit();
      }
      if (stages.contains(Stage.GOLD) && !context.stop().requested()) {
        refresh(gold());
      }
    }

    private void audit() {
      checked(checks.audits().runDue());
    }

    private void checked(List<TableVerdict> verdicts) {
      watch.checked(verdicts);
      pages.checked(verdicts);
    }

    private MergeOutcome refresh(GoldJob gold) {
      return watch.refreshed(gold.run(checks.audits().bad()));
    }

    private GoldJob gold() {
      return new GoldJob(spec, lake, context, runs, this::judged);
    }

    private TableVerdict judged(TableRef mart, Dataset<Row> candidate) {
      TableVerdict verdict = checks.gate().judge(mart, candidate);
      checked(List.of(verdict));
      return verdict;
    }

    /** Marts as the loop of a continuous run refreshes them. */
    private MergeLoop.Gold auditedGold() {
      GoldJob gold = gold();
      return new MergeLoop.Gold() {
        @Override
        public MergeOutcome refresh() {
          audit();
          return Stages.this.refresh(gold);
        }

        @Override
        public boolean isBehind() {
          return gold.isBehind();
        }
      };
    }

    private void ingested(IngestOutcome outcome) {
      report.ingested(outcome);
      watch.ingested(outcome, context);
    }

    private DeleteSweeps sweeps() {
      return new DeleteSweeps(spec, lake, context, runs);
    }

    void continuous() {
      MergeJob merge = new MergeJob(spec, lake, context, runs);
      MergeLoop loop =
          new MergeLoop(
              () -> watch.merged(merge.run()),
              sweeps(),
              checks.audits(),
              auditedGold(),
              context.stop(),
              spec.trigger());
      loop.start();
      try {
        ingested(
            new IngestJob(spec, lake, context, runs, loop::somethingLanded)
                .run(IngestJob.Mode.CONTINUOUS));
      } finally {
        context.stop().request();
        loop.join();
      }
    }
  }

  /** The worse of two exit codes. */
  static ExitCode worse(ExitCode a, ExitCode b) {
    return severity(a) >= severity(b) ? a : b;
  }

  private static int severity(ExitCode code) {
    return switch (code) {
      case DONE -> 0;
      case BAD_ROWS -> 1;
      case QUALITY -> 2;
      case CONFIGURATION -> 3;
      case UNAVAILABLE -> 4;
      case UNEXPECTED -> 5;
      case DATA_LOSS -> 6;
    };
  }
}
