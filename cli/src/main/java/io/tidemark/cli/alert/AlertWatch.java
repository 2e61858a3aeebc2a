package io.tidemark.cli.alert;

import io.tidemark.cli.verb.PipelineOptions;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.IngestOutcome;
import io.tidemark.merge.MergeOutcome;
import io.tidemark.quality.alert.Alerts;
import io.tidemark.quality.alert.rule.Observation;
import io.tidemark.quality.alert.rule.Observation.End;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Gathers what a run does, and has alerts raised from it: at the end of a run, and every quarter of
 * a minute of one that goes on, on a thread of its own, so that no channel holds a merge up.
 */
public final class AlertWatch {
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final PipelineSpec spec;
  private final String verb;
  private final Set<String> verbs;
  private final Clock clock;
  private final String runId;
  private final List<StepRecord> steps = new ArrayList<>();
  private final List<TableVerdict> verdicts = new ArrayList<>();
  private final Set<Step> complete = EnumSet.noneOf(Step.class);
  private Optional<Alerts> alerts = Optional.empty();
  private Optional<Thread> thread = Optional.empty();

  /**
   * A watch over one run.
   *
   * @param verb what the run was started as
   * @param verbs the verbs that work if this run ends well
   */
  public AlertWatch(PipelineSpec spec, String verb, Set<String> verbs, Clock clock, String runId) {
    this.spec = spec;
    this.verb = verb;
    this.verbs = verbs;
    this.clock = clock;
    this.runId = runId;
  }

  private boolean isIdle() {
    return spec.alerts().channels().isEmpty();
  }

  /** Opens the lake, which from then on remembers; what prevents that is told. */
  public Lake open(Supplier<Lake> opening) {
    try {
      Lake lake = opening.get();
      remember(lake);
      return lake;
    } catch (Throwable e) {
      failed(e);
      throw e;
    }
  }

  private void remember(Lake lake) {
    if (!isIdle()) {
      alerts = Optional.of(new Alerts(spec, lake, clock, runId));
    }
  }

  /** Takes note of a finished step; called by several threads. */
  public synchronized void step(StepRecord step) {
    if (!isIdle()) {
      steps.add(step);
    }
  }

  /** Takes note of what checks said; called by several threads. */
  public synchronized void checked(List<TableVerdict> more) {
    if (!isIdle()) {
      verdicts.addAll(more);
    }
  }

  /** An ingest ended; what it left out is held. */
  public void ingested(IngestOutcome outcome, RunContext context) {
    List<StepRecord> held = new ArrayList<>();
    outcome
        .blocked()
        .forEach(
            (table, error) -> held.add(context.failed(Step.INGEST, table, clock.instant(), error)));
    passed(Set.of(Step.INGEST), held);
  }

  /** A merge went over all tables. */
  public MergeOutcome merged(MergeOutcome outcome) {
    passed(Set.of(Step.MERGE, Step.HISTORY), outcome.failures());
    return outcome;
  }

  /** A refresh went over all marts. */
  public MergeOutcome refreshed(MergeOutcome outcome) {
    passed(Set.of(Step.GOLD), outcome.failures());
    return outcome;
  }

  /**
   * A kind of step was done for every table that needed one: what failed in an earlier pass and not
   * in this one works again.
   *
   * @param failed the steps that failed in this pass
   */
  private synchronized void passed(Set<Step> kinds, List<StepRecord> failed) {
    if (!isIdle()) {
      complete.addAll(kinds);
      steps.removeIf(
          step ->
              kinds.contains(step.step()) && step.error().isPresent() && !failed.contains(step));
      failed.stream().filter(step -> !steps.contains(step)).forEach(steps::add);
    }
  }

  private synchronized Observation taken(Optional<End> end) {
    Observation seen = new Observation(complete, steps, verdicts, end);
    complete.clear();
    steps.clear();
    verdicts.clear();
    return seen;
  }

  /** Evaluates beside a run that goes on, until it is asked to stop. */
  public void start(StopSignal stop) {
    if (!isIdle()) {
      Thread beside = new Thread(() -> loop(stop), "tidemark alerts");
      beside.start();
      thread = Optional.of(beside);
    }
  }

  private void loop(StopSignal stop) {
    while (!stop.await(EVERY)) {
      evaluate(Optional.empty());
    }
  }

  private void evaluate(Optional<End> end) {
    alerts.ifPresent(open -> open.evaluate(taken(end)).forEach(System.err::println));
  }

  /** The run has ended; whatever became of single tables, it did what it was to do. */
  public void ended() {
    join();
    evaluate(Optional.of(new End.Done(verbs)));
  }

  /** The run has ended with an error, before or after its lake was opened. */
  public void failed(Throwable error) {
    if (isIdle()) {
      return;
    }
    join();
    if (alerts.isPresent()) {
      evaluate(Optional.of(new End.Failed(verb, error)));
      return;
    }
    try {
      Lake lake = PipelineOptions.lake(spec);
      try {
        remember(lake);
        evaluate(Optional.of(new End.Failed(verb, error)));
      } finally {
        lake.spark().stop();
      }
    } catch (Exception noLake) {
      Alerts.withoutLake(spec, clock, verb, error, noLake).forEach(System.err::println);
    }
  }

  private void join() {
    try {
      if (thread.isPresent()) {
        thread.get().join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
