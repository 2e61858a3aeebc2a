package io.tidemark.quality.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Some of the rows that break a check or rule.
 *
 * @param check the name of the check or rule
 * @param place where the rows are
 * @param columns the columns that are shown: the key's, then those the check looks at
 * @param rows each with as many cells as there are columns
 * @param note what the reader must know to judge the rows; why there are none
 */
record RowSample(
    String check, Place place, List<String> columns, List<List<Cell>> rows, Optional<String> note) {
  /** Where rows are that break something. */
  enum Place {
    TABLE,
    QUARANTINE
  }

  RowSample {
    requireNonNull(check, "check");
    requireNonNull(place, "place");
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    requireNonNull(note, "note");
  }

  /** A value as the page shows it. */
  sealed interface Cell {
    /** No value. */
    Cell NULL = new Nothing();

    /** A value that the page must not show. */
    Cell MASKED = new Masked();

    /** A value as text. */
    record Value(String text) implements Cell {}

    /** See {@link #NULL}. */
    record Nothing() implements Cell {}

    /** See {@link #MASKED}. */
    record Masked() implements Cell {}

    /** The value as text, or {@link #NULL}. */
    static Cell of(Object value) {
      return value == null ? NULL : new Value(value.toString());
    }
  }
}
