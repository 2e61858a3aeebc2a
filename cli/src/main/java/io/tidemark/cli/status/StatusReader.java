package io.tidemark.cli.status;

import io.tidemark.cli.status.Held.State;
import io.tidemark.cli.status.LastRuns.GoodRun;
import io.tidemark.cli.status.LastRuns.LastRun;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.QuarantineColumns;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.VerdictDetail;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.core.table.LakeTable;
import io.tidemark.ingest.letters.Letters;
import io.tidemark.quality.metrics.MetricsLog;
import io.tidemark.quality.reconcile.ReconcileLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads how the tables of a pipeline are from the lake alone: no checkpoint, no memory. */
public final class StatusReader {
  private final PipelineSpec spec;
  private final Lake lake;
  private final Clock clock;
  private final LastRuns runs;
  private final MetricsLog metrics;

  /** Of a pipeline and its lake; what is fresh is so at the time of the clock. */
  public StatusReader(PipelineSpec spec, Lake lake, Clock clock) {
    this.spec = spec;
    this.lake = lake;
    this.clock = clock;
    this.runs = new LastRuns(lake, spec.name());
    this.metrics = new MetricsLog(lake, spec.name());
  }

  /** All tables of the pipeline, each with its history, then its marts and what else lags. */
  public List<TableStatus> tables(SourceLag lag) {
    Map<String, String> heldBack = new HeldTables(spec, lake).reasons();
    Map<String, Instant> verified = new ReconcileLog(lake, spec.name()).verifiedThrough();
    Map<String, Long> deadLetters = new Letters(lake, spec.name()).openByTable();
    List<TableStatus> tables = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(lake.bronzeTables());
    names.addAll(spec.tables().keySet());
    for (String name : names) {
      tables.add(
          silver(
              name,
              lag.of(name),
              Optional.ofNullable(verified.get(name)),
              deadLetters.getOrDefault(name, 0L),
              Optional.ofNullable(heldBack.get(name))));
      if (spec.tables().containsKey(name) && spec.tables().get(name).history()) {
        tables.add(history(name));
      }
    }
    spec.gold().keySet().forEach(mart -> tables.add(gold(mart)));
    tables.addAll(lag.lines());
    long unknown = deadLetters.getOrDefault("", 0L);
    if (unknown > 0) {
      tables.add(
          TableStatus.line(
              "(no table)", Optional.empty(), Optional.empty(), unknown, Optional.empty()));
    }
    return tables;
  }

  private TableStatus silver(
      String name,
      Optional<Long> lag,
      Optional<Instant> verified,
      long deadLetters,
      Optional<String> heldBack) {
    TableRef table = new TableRef(Layer.SILVER, name);
    Optional<LastRun> merge = runs.of(Step.MERGE, name);
    Optional<LastRun> check = runs.of(Step.CHECK, table.toString());
    Optional<Held> held =
        heldBack
            .map(Held::because)
            .or(() -> merge.flatMap(last -> Held.of(State.HELD, last, List.of())))
            .or(() -> check.flatMap(last -> Held.of(State.BAD, last, failed(table, last))));
    return new TableStatus(
        table.toString(),
        rows(lake.silver(name)),
        freshness(merge),
        lag,
        merge.map(LastRun::endedAt),
        verified,
        deadLetters,
        undecided(lake.quarantine(name)),
        check.flatMap(StatusReader::verdict),
        held);
  }

  private TableStatus history(String name) {
    Optional<LastRun> last = runs.of(Step.HISTORY, name);
    return new TableStatus(
        "history." + name,
        rows(lake.history(name)),
        freshness(last),
        SourceLag.notInHistory(lake, spec.name(), name),
        last.map(LastRun::endedAt),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        last.flatMap(run -> Held.of(State.HELD, run, List.of())));
  }

  /** What readers see was judged when it was published, and by whoever asked since. */
  private TableStatus gold(String mart) {
    TableRef table = new TableRef(Layer.GOLD, mart);
    Optional<LastRun> last = runs.of(Step.GOLD, mart);
    Optional<GoodRun> published = last.flatMap(LastRun::good);
    Optional<LastRun> check =
        runs.of(Step.CHECK, table.toString())
            .filter(
                asked ->
                    published.filter(good -> good.endedAt().isAfter(asked.endedAt())).isEmpty());
    return new TableStatus(
        table.toString(),
        rows(lake.gold(mart)),
        Optional.empty(),
        Optional.empty(),
        last.map(LastRun::endedAt),
        Optional.empty(),
        0,
        0,
        check
            .flatMap(StatusReader::verdict)
            .or(() -> published.flatMap(GoodRun::detail).flatMap(VerdictDetail::verdict)),
        last.flatMap(run -> Held.of(State.HELD, run, failed(table, run)))
            .or(() -> check.flatMap(run -> Held.of(State.BAD, run, failed(table, run)))));
  }

  private static Optional<Verdict> verdict(LastRun check) {
    return check.error().isPresent()
        ? Optional.of(Verdict.FAIL)
        : check.good().flatMap(GoodRun::detail).flatMap(VerdictDetail::verdict);
  }

  /** What was measured in the step that failed. */
  private List<CheckResult> failed(TableRef table, LastRun last) {
    return last.error().isEmpty()
        ? List.of()
        : metrics.failed(table, last.runId(), last.startedAt(), last.endedAt());
  }

  private static Optional<Long> rows(LakeTable table) {
    return table.exists() ? Optional.of(table.read().count()) : Optional.empty();
  }

  /** The changes in quarantine about which nobody has decided. */
  private static long undecided(LakeTable quarantine) {
    return quarantine.exists()
        ? QuarantineColumns.rows(quarantine).filter(QuarantineColumns.undecided()).count()
        : 0;
  }

  private Optional<Duration> freshness(Optional<LastRun> last) {
    return last.flatMap(LastRun::newest).map(newest -> Duration.between(newest, clock.instant()));
  }
}
