package io.tidemark.quality.profile;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Which rows of a table were looked at.
 *
 * @param version the table's version
 * @param count how many there were
 * @param sample about how many of a hundred rows they are; empty for all rows
 */
public record SeenRows(long version, long count, OptionalDouble sample) {
  /** Whether the table has rows that were not looked at. */
  public boolean isSample() {
    return sample.isPresent();
  }

  /** The rows in words: {@code 12,345 rows}, or {@code 1,234 sampled rows}. */
  public String words() {
    String rows = isSample() ? "sampled row" : "row";
    return String.format(Locale.ROOT, "%,d %s%s", count, rows, count == 1 ? "" : "s");
  }
}
