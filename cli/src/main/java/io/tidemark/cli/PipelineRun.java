package io.tidemark.cli;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.IngestJob;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.ingest.kafka.KafkaSource;
import io.tidemark.merge.GoldJob;
import io.tidemark.merge.MergeJob;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of some or all stages of a pipeline. */
final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

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
    if (stages.contains(Stage.INGEST)) {
      requireSource(spec);
    }
    Lake lake = PipelineOptions.lake(spec);
    try (Interrupts interrupts = Interrupts.request(stop)) {
      RunReport report = new RunReport(spec, runId(clock), clock, options.format());
      RunContext context = report.context(stop);
      if (!stages.equals(Set.of(Stage.INGEST))) {
        Checks.requireValid(spec, lake); // What only lands rows needs no check.
      }
      if (stages.contains(Stage.INGEST)) {
        IngestJob.claim(spec, lake);
      }
      RunLog runs = new RunLog(lake.spark(), lake.runs());
      Stages jobs =
          new Stages(spec, lake, context, runs, report, Checks.of(spec, lake, context, runs));
      if (mode == IngestJob.Mode.ONCE) {
        jobs.once(stages);
      } else {
        jobs.continuous();
      }
      return report.finish().code();
    } finally {
      lake.spark().stop();
    }
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
  static RunContext context(PipelineSpec spec, Clock clock, StopSignal stop) {
    return new RunContext(runId(clock), spec.name(), clock, stop, step -> {});
  }

  static String runId(Clock clock) {
    return RUN_TIME.format(Instant.now(clock)) + "-" + UUID.randomUUID().toString().substring(0, 4);
  }

  /** The jobs of one run, in their order. */
  private record Stages(
      PipelineSpec spec,
      Lake lake,
      RunContext context,
      RunLog runs,
      RunReport report,
      Checks checks) {

    void once(Set<Stage> stages) {
      if (stages.contains(Stage.INGEST)) {
        report.ingested(
            new IngestJob(spec, lake, context, runs, () -> {}).run(IngestJob.Mode.ONCE));
      }
      if (stages.contains(Stage.MERGE) && !context.stop().requested()) {
        new MergeJob(spec, lake, context, runs).run();
      }
      if (stages.containsAll(Set.of(Stage.INGEST, Stage.MERGE)) && sweeps().runDue()) {
        new MergeJob(spec, lake, context, runs).run();
      }
      if ((stages.contains(Stage.MERGE) || stages.contains(Stage.GOLD))
          && !context.stop().requested()) {
        checks.audits().runDue();
      }
      if (stages.contains(Stage.GOLD) && !context.stop().requested()) {
        gold().run(checks.audits().bad());
      }
    }

    private GoldJob gold() {
      return new GoldJob(spec, lake, context, runs, checks.gate());
    }

    private DeleteSweeps sweeps() {
      return new DeleteSweeps(spec, lake, context, runs);
    }

    void continuous() {
      MergeLoop loop =
          new MergeLoop(
              new MergeJob(spec, lake, context, runs),
              sweeps(),
              checks.audits(),
              gold(),
              context.stop(),
              spec.trigger());
      loop.start();
      try {
        IngestOutcome outcome =
            new IngestJob(spec, lake, context, runs, loop::somethingLanded)
                .run(IngestJob.Mode.CONTINUOUS);
        report.ingested(outcome);
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
