package io.tidemark.core.run;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What all steps of one run share.
 *
 * @param runId identifies the run in the run records
 * @param pipeline the pipeline's name
 * @param clock the time of everything this run writes
 * @param stop asks the run to end
 * @param listener is told of every finished step; called from several threads
 */
public record RunContext(
    String runId, String pipeline, Clock clock, StopSignal stop, Consumer<StepRecord> listener) {

  /** A record of a step that did what it should. */
  public StepRecord done(
      Step step,
      String table,
      Instant started,
      Counts counts,
      Optional<Instant> newest,
      String detail) {
    return new StepRecord(
        runId,
        pipeline,
        step,
        table,
        started,
        clock.instant(),
        counts,
        newest,
        detail,
        ExitCode.DONE,
        Optional.empty());
  }

  /** A record of a step that failed and left its table as it was; its detail is the remedy. */
  public StepRecord failed(Step step, String table, Instant started, Exception error) {
    ExitCode code =
        error instanceof TidemarkException known ? known.exitCode() : ExitCode.UNEXPECTED;
    String remedy = error instanceof TidemarkException known ? known.remedy() : "";
    return new StepRecord(
        runId,
        pipeline,
        step,
        table,
        started,
        clock.instant(),
        Counts.none(),
        Optional.empty(),
        remedy,
        code,
        Optional.of(String.valueOf(error.getMessage())));
  }
}
