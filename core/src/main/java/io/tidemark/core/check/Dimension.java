package io.tidemark.core.check;

import java.util.Locale;

/** The six dimensions of data quality, each with a score in the report. */
public enum Dimension {
  COMPLETENESS,
  ACCURACY,
  CONSISTENCY,
  TIMELINESS,
  VALIDITY,
  UNIQUENESS;

  /** The word for it in files and reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
