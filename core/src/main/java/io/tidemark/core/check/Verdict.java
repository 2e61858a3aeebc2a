package io.tidemark.core.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a check, or all checks of a table together, say; from the best to the worst. */
public enum Verdict {
  PASS,
  /** There is nothing to judge yet: no table, no rows for this measure, too short a history. */
  NOT_YET,
  WARN,
  /** Also of a check that could not be computed: what is not known to be good is not good. */
  FAIL;

  /** The word for it in output and tables, such as {@code not yet}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The verdict of a word; empty if it is none. */
  public static Optional<Verdict> of(String word) {
    return Arrays.stream(values()).filter(verdict -> verdict.word().equals(word)).findFirst();
  }

  /** The worse of two. */
  public Verdict worse(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
