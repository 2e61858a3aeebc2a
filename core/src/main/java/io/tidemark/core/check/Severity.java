package io.tidemark.core.check;

import java.util.Locale;

/** What a check that does not hold means for its table. */
public enum Severity {
  WARN,
  ERROR;

  /** The word for it in files and reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
