package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.Secrets;
import io.tidemark.core.spec.yaml.YamlScalar;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A map whose keys the file chooses, in the order of the file.
 *
 * @param key what a key must look like
 * @param secretNames whether a key's name alone can make its value a secret
 */
record MapType<T>(
    String name, String syntax, ScalarType<String> key, ScalarType<T> value, boolean secretNames)
    implements ValueType<Map<String, T>> {

  @Override
  public Optional<Map<String, T>> read(YamlValue written, Site site) {
    if (written instanceof YamlValue.Empty) {
      return Optional.of(Map.of());
    }
    if (written instanceof YamlValue.Broken) {
      return Optional.empty();
    }
    if (!(written instanceof YamlValue.Mapping mapping)) {
      site.invalid(written.at(), "must be a map, but is " + written.kind(), "write " + syntax());
      return Optional.empty();
    }
    Map<String, T> entries = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(entry -> entry(entry, site).ifPresent(v -> entries.put(entry.key(), v)));
    return entries.size() == mapping.entries().size()
        ? Optional.of(Collections.unmodifiableMap(entries))
        : Optional.empty();
  }

  private Optional<T> entry(YamlValue.Entry entry, Site site) {
    Site below = site.child(entry.key(), entry.at());
    YamlValue.Scalar name = new YamlValue.Scalar(entry.at(), entry.key(), entry.key(), false);
    boolean named = key.read(name, site).isPresent();
    Optional<T> read = value.read(marked(entry), below);
    return named ? read : Optional.empty();
  }

  private YamlValue marked(YamlValue.Entry entry) {
    boolean secret = secretNames && Secrets.isSecretName(entry.key());
    return secret && entry.value() instanceof YamlValue.Scalar scalar
        ? scalar.asSecret()
        : entry.value();
  }

  @Override
  public String show(Map<String, T> entries, Predicate<String> hidden) {
    Predicate<String> secret = hidden.or(name -> secretNames && Secrets.isSecretName(name));
    return entries.entrySet().stream()
        .map(
            entry ->
                YamlScalar.shown(entry.getKey())
                    + ": "
                    + (secret.test(entry.getKey())
                        ? Secrets.REDACTED
                        : value.show(entry.getValue(), hidden)))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
