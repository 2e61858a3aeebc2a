package io.tidemark.quality.checks;

import io.tidemark.core.spec.setting.Suggestion;
import java.util.List;

/**
 * Why a part of a check cannot be what it is.
 *
 * @param key the setting that has it, {@code column}
 * @param problem what is wrong
 * @param remedy the change that corrects it
 */
record Fault(String key, String problem, String remedy) {
  private static final int MOST_SHOWN = 20;

  /** A name that is none of those that there are. */
  static Fault unknown(String key, String written, String what, List<String> known) {
    String shown = String.join(", ", known.subList(0, Math.min(MOST_SHOWN, known.size())));
    String all = known.size() > MOST_SHOWN ? shown + ", ..." : shown;
    return new Fault(
        key,
        "'" + written + "' is not " + what,
        Suggestion.closest(written, known)
            .map(near -> "did you mean '" + near + "'? there are: " + all)
            .orElse("there are: " + all));
  }
}
