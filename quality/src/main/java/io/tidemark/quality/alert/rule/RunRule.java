package io.tidemark.quality.alert.rule;

import io.tidemark.core.check.Severity;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.PipelineSpec;
import java.util.List;
import java.util.Optional;

/** A run that ended with an error before it was done raises an alert. */
final class RunRule {
  private static final int LONGEST_MESSAGE = 300;

  private RunRule() {}

  static Findings look(PipelineSpec spec, Observation seen) {
    Observation.End end = seen.end().orElse(null);
    if (end instanceof Observation.End.Failed failed) {
      return new Findings(List.of(condition(spec, failed)), key -> false);
    }
    if (end instanceof Observation.End.Done done) {
      return new Findings(
          List.of(), key -> key.kind() == AlertKind.RUN && done.verbs().contains(key.check()));
    }
    return new Findings(List.of(), key -> false);
  }

  private static Condition condition(PipelineSpec spec, Observation.End.Failed failed) {
    AlertKey key = new AlertKey(AlertKind.RUN, AlertKey.ALL, failed.verb());
    String prefix = "tidemark %s ended before it was done: ".formatted(failed.verb());
    Optional<TidemarkException> known = TidemarkException.in(failed.error());
    return known
        .map(
            error ->
                new Condition(key, Severity.ERROR, prefix + error.getMessage(), error.remedy()))
        .orElseGet(
            () ->
                new Condition(
                    key,
                    Severity.ERROR,
                    prefix + "unexpected error: " + brief(failed.error()),
                    "Look at the log; what was committed is safe to run again over: tidemark %s"
                            .formatted(failed.verb())
                        + " --pipeline "
                        + spec.file()));
  }

  /** The rest of an error nobody foresaw is for the log. */
  private static String brief(Throwable error) {
    String line = error.toString().lines().findFirst().orElse("");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }
}
