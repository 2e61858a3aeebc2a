package io.tidemark.cli.run;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.StopSignal;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.report.ReportJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what the checks of a run say, and writes the pages about it; a run that judges nothing
 * has none.
 *
 * <p>A run that ends has one page, at its end. One that goes on has further ones, numbered, when
 * the verdict of a table has become another one, or nothing was told for as long as the pipeline
 * file says; but at most one a minute, and on a thread of its own, so that no page holds a merge
 * up. Each shows the newest verdict of every table that the run has judged.
 */
final class RunPages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunPages.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration LEAST = Duration.ofMinutes(1);

  private final PipelineSpec spec;
  private final Clock clock;
  private final StopSignal stop;
  private final RunReport report;
  private final ReportJob job;
  private final Map<TableRef, TableVerdict> newest = new LinkedHashMap<>();
  private Map<TableRef, Verdict> told = Map.of();
  private Instant toldAt = Instant.MIN;
  private boolean untold;
  private int pages;
  private Optional<Thread> thread = Optional.empty();

  /**
   * The pages of a run.
   *
   * @param stop ends a run that goes on
   * @param report prints where they are
   */
  RunPages(PipelineSpec spec, Lake lake, Clock clock, StopSignal stop, RunReport report) {
    this.spec = spec;
    this.clock = clock;
    this.stop = stop;
    this.report = report;
    this.job = new ReportJob(spec, lake, clock);
  }

  /** Takes note of what checks said; called by several threads. */
  synchronized void checked(List<TableVerdict> verdicts) {
    verdicts.forEach(verdict -> newest.put(verdict.table(), verdict));
    untold |= !verdicts.isEmpty();
  }

  /** Writes beside a run that goes on, until it is asked to stop. */
  void start() {
    Thread beside = new Thread(this::loop, "tidemark reports");
    beside.start();
    thread = Optional.of(beside);
  }

  private void loop() {
    while (!stop.await(LOOK)) {
      if (isDue()) {
        write();
      }
    }
  }

  private synchronized boolean isDue() {
    Instant now = clock.instant();
    boolean changed = !words(newest).equals(told);
    Duration pause = changed ? LEAST : spec.reports().every();
    return untold && !pause.isZero() && (told.isEmpty() || !toldAt.plus(pause).isAfter(now));
  }

  private static Map<TableRef, Verdict> words(Map<TableRef, TableVerdict> verdicts) {
    return verdicts.values().stream()
        .collect(Collectors.toMap(TableVerdict::table, TableVerdict::verdict));
  }

  /** The run did what it was to do: what no page has told yet is told. */
  void ended() {
    close();
    if (isUntold()) {
      write();
    }
  }

  /** Writes no further pages; waits for one that is being written. */
  @Override
  public void close() {
    try {
      if (thread.isPresent()) {
        stop.request();
        thread.get().join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isUntold() {
    return untold;
  }

  private synchronized List<TableVerdict> taken() {
    told = words(newest);
    toldAt = clock.instant();
    untold = false;
    pages++;
    return List.copyOf(newest.values());
  }

  /** What a run did stays done, whatever becomes of the page about it. */
  private void write() {
    List<TableVerdict> verdicts = taken();
    String run = report.runId();
    try {
      report.wrote(job.write(thread.isPresent() ? run + "-" + pages : run, run, verdicts));
    } catch (Exception e) { // Spark's are checked and undeclared.
      LOG.warn("The report of run {} could not be written", run, e);
    }
  }
}
