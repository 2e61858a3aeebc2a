package io.tidemark.quality.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a look at the rows of a table told.
 *
 * @param rows which of its rows were looked at
 * @param columns in the order of the table, Tidemark's own left aside
 * @param hints what may hold of them, in the order of the columns
 */
public record TableProfile(SeenRows rows, List<ColumnProfile> columns, List<Hint> hints) {
  /** Copies the lists. */
  public TableProfile {
    requireNonNull(rows, "rows");
    columns = List.copyOf(columns);
    hints = List.copyOf(hints);
  }

  /**
   * The profile of a column.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public ColumnProfile column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Invalid column: " + name));
  }

  /**
   * The same profile without anything that tells of the values of some columns, but how many there
   * are.
   */
  public TableProfile veiled(Predicate<String> columnIsVeiled) {
    return new TableProfile(
        rows,
        columns.stream()
            .map(column -> columnIsVeiled.test(column.name()) ? column.veiled() : column)
            .toList(),
        hints.stream()
            .filter(
                hint ->
                    hint instanceof Hint.Complete
                        || hint instanceof Hint.MostlyComplete
                        || !columnIsVeiled.test(hint.column()))
            .toList());
  }
}
