package io.tidemark.quality.profile;

import io.tidemark.core.check.Subject.DataKind;
import java.util.List;

/** What the rows that were looked at have in common, and later ones may be held to. */
public sealed interface Hint {
  /** The column it is about. */
  String column();

  /** Every row has a value. */
  record Complete(String column) implements Hint {}

  /**
   * Some rows have no value.
   *
   * @param atLeast the share of rows with a value that can be expected of as many rows again
   */
  record MostlyComplete(String column, double atLeast) implements Hint {}

  /** Every text reads as a value of another kind. */
  record OfKind(String column, DataKind kind) implements Hint {}

  /**
   * There are few values, and most of them are in several rows.
   *
   * @param values all of them, the most frequent first
   */
  record OnlyValues(String column, List<String> values) implements Hint {
    public OnlyValues {
      values = List.copyOf(values);
    }
  }

  /**
   * Few of many values cover most rows.
   *
   * @param values the most frequent ones
   * @param rows how many rows have one of them, or none
   * @param atLeast the share of rows with one of them, or none, that can be expected of as many
   *     rows again
   */
  record MostlyValues(String column, List<String> values, long rows, double atLeast)
      implements Hint {
    public MostlyValues {
      values = List.copyOf(values);
    }
  }

  /** No number is below zero. */
  record NotNegative(String column) implements Hint {}

  /** There may be as many values as rows: they were counted approximately. */
  record PerhapsUnique(String column) implements Hint {}
}
