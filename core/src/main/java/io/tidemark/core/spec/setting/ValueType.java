package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.YamlValue;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a setting's value is read, checked and printed. Thread-safe: types are constants.
 *
 * @param <T> what it becomes in Java; immutable
 */
public interface ValueType<T> {
  /** The name of the type on the reference page and in error texts, such as "duration". */
  String name();

  /** What to write, for remedies and the reference page: "a number and a unit, such as 5m". */
  String syntax();

  /** The typed value; empty when it is invalid, which is then noted at the site. */
  Optional<T> read(YamlValue value, Site site);

  /**
   * The value as one line of YAML.
   *
   * @param hidden which entries of a map are secret, by their key
   */
  String show(T value, Predicate<String> hidden);
}
