package io.tidemark.quality.reconcile;

import java.util.List;
import java.util.Optional;

/**
 * What a comparison of a table found. All counts are exact, whatever their size; the examples are
 * few.
 *
 * @param table the source's table, with its schema
 * @param lakeVersion the version of the lake's table that was read
 * @param columns how many columns were compared
 * @param counts rows by what was found
 * @param examples some differences of each kind, at most 100 in all
 */
public record Comparison(
    String table, long lakeVersion, int columns, Counts counts, List<Difference> examples) {
  /**
   * Rows.
   *
   * @param source all of the source
   * @param lake all of the lake's table
   * @param missingInLake of the source, without one of the same key in the lake
   * @param missingInSource of the lake, without one of the same key in the source
   * @param repeatedInLake of the lake, beyond the first of their key
   * @param differing with equal keys and at least one value that differs
   */
  public record Counts(
      long source,
      long lake,
      long missingInLake,
      long missingInSource,
      long repeatedInLake,
      long differing) {
    private boolean equal() {
      return missingInLake + missingInSource + repeatedInLake + differing == 0;
    }
  }

  /** Keeps a copy of the examples. */
  public Comparison {
    examples = List.copyOf(examples);
  }

  /** Whether both sides have the same rows, columns and values. */
  public boolean equal() {
    return counts.equal() && examples.isEmpty();
  }

  /** The finding in one line. */
  public String summary() {
    if (equal()) {
      return "%s: equal, %,d rows, %d columns".formatted(table, counts.source, columns);
    }
    return "%s: DIFFERS, %,d rows in the source, %,d in the lake; %,d only in the source, %,d only"
            .formatted(
                table, counts.source, counts.lake, counts.missingInLake, counts.missingInSource)
        + " in the lake, %,d repeated, %,d with other values%s"
            .formatted(counts.repeatedInLake, counts.differing, columnsText().orElse(""));
  }

  private Optional<String> columnsText() {
    long missing =
        examples.stream()
            .filter(
                difference ->
                    difference instanceof Difference.ColumnMissingInLake
                        || difference instanceof Difference.ColumnMissingInSource)
            .count();
    return missing == 0 ? Optional.empty() : Optional.of(", " + missing + " columns in one only");
  }
}
