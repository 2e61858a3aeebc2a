package io.tidemark.quality.gate;

import io.tidemark.core.check.BadTables;
import io.tidemark.core.check.CheckedTable;
import io.tidemark.core.check.Layer;
import io.tidemark.core.check.Subject;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.quality.gate.CheckRecords.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the tables of a pipeline judged, and knows which of them are bad. A verdict holds for the
 * version of the table and the checks it was made with, also in the next process: it is kept in the
 * run records. So a table that was changed by a process that was killed before it could judge is
 * judged by the next one, and a bad batch stays bad although nothing has changed since.
 *
 * <p>For one thread.
 */
public final class TableAudits {
  /** How long a verdict that time alone may change is believed by the process that made it. */
  static final Duration BELIEVED = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(TableAudits.class);

  private final PipelineSpec spec;
  private final Lake lake;
  private final RunContext context;
  private final RunLog runs;
  private final Judge judge;
  private final Map<TableRef, Known> known = new HashMap<>();

  /** When this process judged a table itself. */
  private final Map<TableRef, Instant> judged = new HashMap<>();

  private boolean read;

  /** The audits of one run. */
  public TableAudits(PipelineSpec spec, Lake lake, RunContext context, RunLog runs, Judge judge) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.runs = runs;
    this.judge = judge;
  }

  /**
   * Judges the bronze and silver tables whose verdict may be another one than it was: those that
   * changed, or whose checks did, or a table that they are compared with; and now and then those
   * that failed or whose verdict depends on the time. Marts are judged before they are published.
   *
   * @return what was found; a table that could not be judged is missing here and bad
   */
  public List<TableVerdict> runDue() {
    Map<TableRef, CheckedVersion> due = new LinkedHashMap<>();
    for (CheckedTable declared : audited()) {
      Optional<CheckedVersion> now = CheckedVersion.of(declared, lake);
      if (now.isPresent() && isDue(declared, now.get())) {
        due.put(declared.table(), now.get());
      }
    }
    Instant started = context.clock().instant();
    try {
      return due.isEmpty() ? List.of() : judge(due, started);
    } catch (TidemarkException e) {
      LOG.warn("{}. {}", e.getMessage(), e.remedy());
      notJudged(due, started, e);
    } catch (RuntimeException e) {
      LOG.error("Tables {} could not be judged", due.keySet(), e);
      notJudged(due, started, e);
    }
    return List.of();
  }

  /**
   * Judges tables now, whether it is time or not.
   *
   * @param tables of any layer, with checks; those that do not exist yet get a verdict and no
   *     record
   */
  public List<TableVerdict> run(List<TableRef> tables) {
    Map<TableRef, CheckedVersion> versions = new LinkedHashMap<>();
    for (TableRef table : tables) {
      CheckedTable declared = spec.checks().of(table).orElseThrow();
      versions.put(
          table,
          CheckedVersion.of(declared, lake)
              .orElse(new CheckedVersion(-1, declared.fingerprint(), Map.of())));
    }
    return judge(versions, context.clock().instant());
  }

  /** The silver tables that nothing may be made from now, with the checks that they fail. */
  public BadTables bad() {
    Map<TableRef, String> reasons = new HashMap<>();
    for (CheckedTable declared : audited()) {
      TableRef table = declared.table();
      Optional.ofNullable(known().get(table))
          .flatMap(Known::failure)
          .filter(failure -> table.layer() == Layer.SILVER)
          .ifPresent(failure -> reasons.put(table, failure));
    }
    return new BadTables(reasons);
  }

  /** Whether a verdict may change although nothing lands: to be asked for again after a while. */
  public boolean areAgeing() {
    return audited().stream().anyMatch(this::isAgeing);
  }

  private List<CheckedTable> audited() {
    return spec.checks().tables().values().stream()
        .filter(table -> table.table().layer() != Layer.GOLD && !table.isEmpty())
        .toList();
  }

  private boolean isDue(CheckedTable declared, CheckedVersion now) {
    Known last = known().get(declared.table());
    if (last == null || !last.judged().equals(now.text())) {
      return true;
    }
    Instant own = judged.get(declared.table());
    boolean fresh = own != null && context.clock().instant().isBefore(own.plus(BELIEVED));
    return isAgeing(declared) && !fresh;
  }

  /** A table that failed may be good by now: its expectation may be that of another system. */
  private boolean isAgeing(CheckedTable declared) {
    Known last = known().get(declared.table());
    return (last != null && last.failure().isPresent())
        || declared.checks().stream()
            .anyMatch(
                check ->
                    check.subject() instanceof Subject.Freshness
                        || check.subject() instanceof Subject.SourceCount);
  }

  private List<TableVerdict> judge(Map<TableRef, CheckedVersion> tables, Instant started) {
    List<TableVerdict> verdicts = judge.run(List.copyOf(tables.keySet()));
    List<StepRecord> steps = new ArrayList<>();
    for (TableVerdict verdict : verdicts) {
      if (verdict.version() < 0) {
        continue; // There is no such table yet, and so nothing that could be good or bad.
      }
      CheckedVersion planned = tables.get(verdict.table());
      CheckedVersion seen =
          new CheckedVersion(verdict.version(), planned.checks(), planned.others());
      StepRecord step = CheckRecords.of(context, started, verdict, seen);
      known().put(verdict.table(), new Known(seen.text(), step.error()));
      judged.put(verdict.table(), step.endedAt());
      steps.add(step);
      step.error()
          .ifPresent(
              failed ->
                  LOG.warn(
                      "Checks of {} fail: {}. tidemark quality --layer {} --table {} --pipeline {}",
                      verdict.table(),
                      failed,
                      verdict.table().layer().word(),
                      verdict.table().name(),
                      spec.file()));
    }
    keep(steps);
    return verdicts;
  }

  /** What is not known to be good is not good. */
  private void notJudged(Map<TableRef, CheckedVersion> tables, Instant started, Exception error) {
    List<StepRecord> steps = new ArrayList<>();
    tables.forEach(
        (table, version) -> {
          StepRecord step = context.failed(Step.CHECK, table.toString(), started, error);
          String failure = "its checks could not be looked at: " + error.getMessage();
          known().put(table, new Known(version.text(), Optional.of(failure)));
          judged.put(table, step.endedAt());
          steps.add(step);
        });
    keep(steps);
  }

  private void keep(List<StepRecord> steps) {
    if (!steps.isEmpty()) {
      runs.store(steps, List.of());
      steps.forEach(context.listener());
    }
  }

  private Map<TableRef, Known> known() {
    if (!read) {
      known.putAll(CheckRecords.newest(lake, spec.name()));
      read = true;
    }
    return known;
  }
}
