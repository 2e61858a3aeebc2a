package io.tidemark.core.check;

import java.util.Locale;

/** What silver shows of a key whose newest row is in quarantine. */
public enum OnQuarantine {
  /** The newest row of the key that broke no rule, if there is one. */
  KEEP_LAST_GOOD,
  /** No row. */
  REMOVE,
  /** The row itself, with the names of the broken rules in {@code _broken_rules}. */
  FLAG;

  /** The word for it in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
