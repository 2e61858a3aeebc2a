package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.Secrets;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A value that is a secret whatever its key is called and wherever it came from: never printed, in
 * errors neither.
 *
 * @param type how the value is read
 */
record SecretType<T>(ScalarType<T> type) implements ValueType<T> {
  @Override
  public String name() {
    return type.name();
  }

  @Override
  public String syntax() {
    return type.syntax();
  }

  @Override
  public Optional<T> read(YamlValue value, Site site) {
    return type.read(value instanceof YamlValue.Scalar scalar ? scalar.asSecret() : value, site);
  }

  @Override
  public String show(T value, Predicate<String> hidden) {
    return Secrets.REDACTED;
  }
}
