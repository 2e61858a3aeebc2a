package io.tidemark.core.check;

import java.util.Locale;

/** The layers whose tables can be checked, in the order of the data. */
public enum Layer {
  BRONZE,
  SILVER,
  GOLD;

  /** The word for it in files, options and table names. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
