package io.tidemark.core.spec;

import java.util.Locale;

/** What can raise an alert. */
public enum AlertKind {
  /** A check says warn or fail, or could not be computed. */
  CHECK,
  /** Too large a share of the records that were read could not be decoded. */
  DEAD_LETTERS,
  /** Too large a share of a table's changes was quarantined. */
  QUARANTINE,
  /** The newest applied change of a table is too old. */
  FRESHNESS,
  /** A table or mart stays at an older state, because a step of it failed. */
  BLOCKED,
  /** A run ended with an error before it was done. */
  RUN;

  /** The word for it in files and messages. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
