package io.tidemark.quality.alert.rule;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What happened since the last look.
 *
 * @param complete the kinds of steps that were done for every table that needed one: a table
 *     without a failed step of such a kind is not held by it
 * @param steps what was done, in the order in which it ended; no failed step that a later complete
 *     pass has made obsolete
 * @param verdicts what checks said; nothing is concluded of tables that were not checked
 * @param end how the run ended; empty while it goes on
 */
public record Observation(
    Set<Step> complete, List<StepRecord> steps, List<TableVerdict> verdicts, Optional<End> end) {
  public Observation {
    complete = Set.copyOf(complete);
    steps = List.copyOf(steps);
    verdicts = List.copyOf(verdicts);
    requireNonNull(end, "end");
  }

  /** Only that a run failed. */
  public static Observation ofFailure(String verb, Throwable error) {
    return new Observation(
        Set.of(), List.of(), List.of(), Optional.of(new End.Failed(verb, error)));
  }

  /** How a run ended. */
  public sealed interface End {
    /**
     * Without an error of its own, whatever became of single tables.
     *
     * @param verbs the verbs that work again, as this run did all they do: {@code run} does what
     *     {@code merge} does
     */
    record Done(Set<String> verbs) implements End {
      public Done {
        verbs = Set.copyOf(verbs);
      }
    }

    /**
     * With an error, before it was done.
     *
     * @param verb what was to be done
     */
    record Failed(String verb, Throwable error) implements End {}
  }
}
