package io.tidemark.quality.checks;

import io.tidemark.core.check.TableRef;
import java.util.List;

/**
 * How much of a table its checks have read.
 *
 * @param version the table's version; -1 of rows that are not a version yet
 * @param files how many data files it has
 * @param read of how many of them the rows were read; of the others the states were kept
 * @param whole what had to read all rows nevertheless, each with the reason
 */
public record Reading(TableRef table, long version, int files, int read, List<String> whole) {
  /** Copies the list. */
  public Reading {
    whole = List.copyOf(whole);
  }

  @Override
  public String toString() {
    String all = whole.isEmpty() ? "" : "; all rows for " + String.join(", ", whole);
    return "%s at version %d: read %d of %d files%s".formatted(table, version, read, files, all);
  }
}
