package io.tidemark.cli.run;

import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.run.VerdictDetail;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.IngestOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** Tells what a run does while it does it, and sums it up at its end. */
public final class RunReport {
  private final PipelineSpec spec;
  private final String runId;
  private final Clock clock;
  private final PipelineOptions.Format format;
  private final Instant started;
  private final Counts ingested = Counts.none();
  private final Counts merged = Counts.none();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, ExitCode> latest = new LinkedHashMap<>();
  private Optional<Instant> newest = Optional.empty();
  private ExitCode worst = ExitCode.DONE;

  public RunReport(PipelineSpec spec, String runId, Clock clock, PipelineOptions.Format format) {
    this.spec = spec;
    this.runId = runId;
    this.clock = clock;
    this.format = format;
    this.started = clock.instant();
  }

  public String runId() {
    return runId;
  }

  /** What the steps of the run share; each is printed as it ends. */
  public RunContext context(StopSignal stop) {
    return context(stop, step -> {});
  }

  /** The same, and another is told of each step as well. */
  public RunContext context(StopSignal stop, Consumer<StepRecord> other) {
    return new RunContext(
        runId,
        spec.name(),
        clock,
        stop,
        step -> {
          step(step);
          other.accept(step);
        });
  }

  /** Prints a finished step; called by several threads. */
  synchronized void step(StepRecord step) {
    latest.put(step.step() + " " + step.table(), step.outcome());
    if (step.step() == Step.INGEST || step.step() == Step.BACKFILL) {
      ingested.addAll(step.counts());
    } else if (step.step() == Step.MERGE) {
      merged.addAll(step.counts());
      newest = later(newest, step.newestSourceTime());
    }
    System.out.println(format == PipelineOptions.Format.JSON ? json(step) : StepLine.of(step));
    System.out.flush();
  }

  private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    return a.isPresent() && b.isPresent() ? (a.get().isAfter(b.get()) ? a : b) : a.or(() -> b);
  }

  /** Takes what the ingest had to leave out. */
  synchronized void ingested(IngestOutcome outcome) {
    outcome
        .blocked()
        .forEach(
            (topic, error) -> {
              problems.add(error.getMessage() + "\n-> " + error.remedy());
              worst = PipelineRun.worse(worst, error.exitCode());
            });
  }

  /** Prints where a page about the run is. */
  synchronized void wrote(Path page) {
    System.out.println(page(format, page.toString()));
    System.out.flush();
  }

  /** The line that tells where a page is. */
  public static String page(PipelineOptions.Format format, String page) {
    return format == PipelineOptions.Format.JSON
        ? JsonLine.of(Map.of("report", page))
        : "report: " + page;
  }

  /** Prints the sum and tells how the run ended. */
  public synchronized ExitCode finish() {
    for (ExitCode outcome : latest.values()) {
      worst = PipelineRun.worse(worst, outcome);
    }
    long bad = ingested.of(Count.DEAD_LETTERED) + merged.of(Count.QUARANTINED);
    if (spec.maxBadShare().isExceededBy(bad, Math.max(bad, ingested.of(Count.READ)))) {
      worst = PipelineRun.worse(worst, ExitCode.BAD_ROWS);
      problems.add(
          "%d of %d rows were dead-lettered or quarantined, more than max-bad-share allows%n-> tidemark %s list --pipeline %s"
              .formatted(
                  bad,
                  ingested.of(Count.READ),
                  merged.of(Count.QUARANTINED) > 0 ? "quarantine" : "dead-letters",
                  spec.file()));
    }
    System.out.println(format == PipelineOptions.Format.JSON ? jsonSummary() : textSummary());
    problems.forEach(System.err::println);
    return worst;
  }

  private String textSummary() {
    String freshness =
        newest
            .map(n -> ", freshness " + StepLine.duration(Duration.between(n, clock.instant())))
            .orElse("");
    return "run %s of %s: %s in %s%s; %,d records read, %,d inserted, %,d updated, %,d deleted, %,d dead-lettered, %,d quarantined"
        .formatted(
            runId,
            spec.name(),
            worst == ExitCode.DONE ? "done" : "ended with exit code " + worst.code(),
            StepLine.duration(Duration.between(started, clock.instant())),
            freshness,
            ingested.of(Count.READ),
            merged.of(Count.INSERTED),
            merged.of(Count.UPDATED),
            merged.of(Count.DELETED),
            ingested.of(Count.DEAD_LETTERED),
            merged.of(Count.QUARANTINED));
  }

  private String jsonSummary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("run", runId);
    summary.put("pipeline", spec.name());
    summary.put("exit_code", worst.code());
    summary.put("seconds", Duration.between(started, clock.instant()).toMillis() / 1000.0);
    summary.put("ingest", counts(ingested));
    summary.put("merge", counts(merged));
    summary.put("newest_source_time", newest.map(Instant::toString).orElse(null));
    summary.put("problems", problems);
    return JsonLine.of(summary);
  }

  public static String json(StepRecord step) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run", step.runId());
    line.put("step", step.step().name().toLowerCase(Locale.ROOT));
    line.put("table", step.table());
    line.put("seconds", Duration.between(step.startedAt(), step.endedAt()).toMillis() / 1000.0);
    line.put("rows", counts(step.counts()));
    step.newestSourceTime().ifPresent(time -> line.put("newest_source_time", time.toString()));
    line.put("exit_code", step.outcome().code());
    VerdictDetail.parse(step.detail()).ifPresent(detail -> verdict(line, detail));
    step.error().ifPresent(error -> line.put("error", error));
    return JsonLine.of(line);
  }

  private static void verdict(Map<String, Object> line, VerdictDetail detail) {
    detail
        .verdict()
        .ifPresent(
            verdict -> {
              line.put("verdict", verdict.word());
              line.put("version", detail.version());
              line.put("checks", detail.checks());
              line.put("warnings", detail.warnings());
            });
  }

  private static Map<String, Long> counts(Counts counts) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (Count count : Count.values()) {
      if (counts.of(count) > 0) {
        values.put(count.name().toLowerCase(Locale.ROOT), counts.of(count));
      }
    }
    return values;
  }
}
