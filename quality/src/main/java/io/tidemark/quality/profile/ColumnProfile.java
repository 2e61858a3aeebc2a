package io.tidemark.quality.profile;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the rows have in one column.
 *
 * @param type Spark's name of its type
 * @param complete the share of rows with a value; 0 if there are no rows
 * @param distinct how many different values there are, to a few percent; empty where values cannot
 *     be compared
 * @param extent from which value to which; empty unless these are numbers or times, or if there are
 *     none
 * @param mean of numbers
 * @param lengths of texts, in characters
 * @param values how many rows have each value, the most frequent first, NULL aside; empty where
 *     there are many values, or they must not be seen
 */
public record ColumnProfile(
    String name,
    String type,
    double complete,
    OptionalLong distinct,
    Optional<Extent> extent,
    OptionalDouble mean,
    Optional<Lengths> lengths,
    Map<String, Long> values) {

  /** Copies the map. */
  public ColumnProfile {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(distinct, "distinct");
    requireNonNull(extent, "extent");
    requireNonNull(mean, "mean");
    requireNonNull(lengths, "lengths");
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The least and the greatest value, as texts. */
  public record Extent(String least, String greatest) {}

  /** The least and the greatest length of a text. */
  public record Lengths(long least, long greatest) {}

  /** The same column without anything that tells of its values. */
  public ColumnProfile veiled() {
    return new ColumnProfile(
        name,
        type,
        complete,
        distinct,
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Map.of());
  }
}
