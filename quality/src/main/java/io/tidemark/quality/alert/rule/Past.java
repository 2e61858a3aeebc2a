package io.tidemark.quality.alert.rule;

import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.StepRecord.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a pipeline's past: how new its tables are, and how many rows were read lately.
 * Grows with every step; for one thread.
 */
public final class Past {
  private final Map<String, Instant> newest = new HashMap<>();
  private final List<Rows> rows = new ArrayList<>();
  private Instant began;

  /**
   * Rows of steps that ended at about the same time.
   *
   * @param table as in {@link StepRecord#table()}
   */
  public record Rows(
      Instant at, Step step, String table, long read, long deadLettered, long quarantined) {}

  /** A run began. */
  public void began(Instant at) {
    began = began == null || at.isBefore(began) ? at : began;
  }

  /** A change was applied to a table. */
  public void applied(String table, Instant sourceTime) {
    newest.merge(table, sourceTime, (a, b) -> a.isAfter(b) ? a : b);
  }

  /** Rows were read. */
  public void counted(Rows more) {
    rows.add(more);
  }

  /** A step ended. */
  public void add(StepRecord step) {
    began(step.startedAt());
    if (step.step() == Step.MERGE) {
      step.newestSourceTime().ifPresent(time -> applied(step.table(), time));
    }
    counted(
        new Rows(
            step.endedAt(),
            step.step(),
            step.table(),
            step.counts().of(Count.READ),
            step.counts().of(Count.DEAD_LETTERED),
            step.counts().of(Count.QUARANTINED)));
  }

  /** Forgets the rows of steps that ended before. */
  public void forget(Instant before) {
    rows.removeIf(row -> row.at().isBefore(before));
  }

  /** When the pipeline first ran; empty if it never did. */
  public Optional<Instant> first() {
    return Optional.ofNullable(began);
  }

  /** The source's time of the newest change that was applied to a table. */
  public Optional<Instant> newest(String table) {
    return Optional.ofNullable(newest.get(table));
  }

  /** The tables that changes were applied to. */
  public Set<String> tables() {
    return new TreeSet<>(newest.keySet());
  }

  /** The rows of steps of these kinds that were not forgotten. */
  public List<Rows> rows(Set<Step> steps) {
    return rows.stream().filter(row -> steps.contains(row.step())).toList();
  }
}
