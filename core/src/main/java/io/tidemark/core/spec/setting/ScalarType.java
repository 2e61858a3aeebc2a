package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.YamlScalar;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A type whose value is one text.
 *
 * @param name as in {@link ValueType#name()}
 * @param syntax as in {@link ValueType#syntax()}
 * @param text the text of a value, which parses to an equal value
 */
public record ScalarType<T>(String name, String syntax, Parser<T> parser, Function<T, String> text)
    implements ValueType<T> {

  /** Turns a text into a value. */
  public interface Parser<T> {
    /**
     * The value of a text.
     *
     * @param site where files that the text names are found
     */
    T parse(String text, Site site) throws InvalidValue;
  }

  /** A check of a parsed value. */
  public interface Check<T> {
    /** Returns if the value is acceptable. */
    void verify(T value) throws InvalidValue;
  }

  /** The same type, with values restricted further; {@code restriction} joins the syntax. */
  public ScalarType<T> restricted(String restriction, Check<T> check) {
    return new ScalarType<>(
        name,
        syntax + ", " + restriction,
        (written, site) -> {
          T value = parser.parse(written, site);
          check.verify(value);
          return value;
        },
        text);
  }

  @Override
  public Optional<T> read(YamlValue value, Site site) {
    if (value instanceof YamlValue.Broken) {
      return Optional.empty();
    }
    if (value instanceof YamlValue.Empty) {
      site.invalid(value.at(), "has no value", "write " + syntax);
      return Optional.empty();
    }
    if (!(value instanceof YamlValue.Scalar scalar)) {
      site.invalid(value.at(), "must be a text, but is " + value.kind(), "write " + syntax);
      return Optional.empty();
    }
    return parsed(scalar, site);
  }

  private Optional<T> parsed(YamlValue.Scalar scalar, Site site) {
    try {
      return Optional.of(parser.parse(scalar.text(), site));
    } catch (InvalidValue e) {
      // The problem may repeat parts of the value, so a secret gets a problem without any.
      if (scalar.secret()) {
        site.invalid(scalar.at(), scalar.shown() + " is not a valid " + name, "write " + syntax);
      } else {
        site.invalid(scalar.at(), scalar.shown() + " " + e.getMessage(), e.remedy());
      }
      return Optional.empty();
    }
  }

  @Override
  public String show(T value, Predicate<String> hidden) {
    return YamlScalar.shown(text.apply(value));
  }
}
