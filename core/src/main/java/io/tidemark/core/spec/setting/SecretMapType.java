package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.Secrets;
import io.tidemark.core.spec.yaml.YamlScalar;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A map of which every value is a secret, wherever it came from: never printed, in errors neither.
 *
 * @param entries how the map is read
 */
record SecretMapType(MapType<String> entries) implements ValueType<Map<String, String>> {
  @Override
  public String name() {
    return entries.name();
  }

  @Override
  public String syntax() {
    return entries.syntax();
  }

  @Override
  public Optional<Map<String, String>> read(YamlValue written, Site site) {
    return entries.read(
        written instanceof YamlValue.Mapping mapping ? allSecret(mapping) : written, site);
  }

  private static YamlValue allSecret(YamlValue.Mapping mapping) {
    List<YamlValue.Entry> secret =
        mapping.entries().stream()
            .map(
                entry ->
                    entry.value() instanceof YamlValue.Scalar scalar
                        ? new YamlValue.Entry(entry.at(), entry.key(), scalar.asSecret())
                        : entry)
            .toList();
    return new YamlValue.Mapping(mapping.at(), secret);
  }

  @Override
  public String show(Map<String, String> value, Predicate<String> hidden) {
    return value.keySet().stream()
        .map(key -> YamlScalar.shown(key) + ": " + YamlScalar.shown(Secrets.REDACTED))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
