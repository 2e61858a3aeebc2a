package io.tidemark.core.spec.yaml;

import java.util.HashSet;
import java.util.Set;

/**
 * Which values of one section came from a secret, by their key within the section ({@code lake},
 * {@code kafka.ssl.keystore.location}), so that whoever prints the section leaves them out.
 */
public record Redaction(Set<String> keys) {
  /** Nothing is secret but by its name. */
  public static final Redaction NONE = new Redaction(Set.of());

  /** Copies the keys. */
  public Redaction {
    keys = Set.copyOf(keys);
  }

  /** Whether the value of this key must not be printed. */
  public boolean hides(String key) {
    return keys.contains(key);
  }

  /**
   * The keys of the secrets in a setting's value: the setting's, or those of a map's entries. Looks
   * no deeper than a valid value goes, because aliases can make a value endlessly deep.
   */
  public static Set<String> secretsIn(String key, YamlValue value) {
    Set<String> secrets = new HashSet<>();
    if (value instanceof YamlValue.Mapping mapping) {
      mapping.entries().stream()
          .filter(entry -> isSecret(entry.value()))
          .forEach(entry -> secrets.add(key + "." + entry.key()));
    } else if (value instanceof YamlValue.Sequence sequence) {
      sequence.items().stream().filter(Redaction::isSecret).forEach(item -> secrets.add(key));
    } else if (isSecret(value)) {
      secrets.add(key);
    }
    return secrets;
  }

  private static boolean isSecret(YamlValue value) {
    return value instanceof YamlValue.Scalar scalar && scalar.secret();
  }
}
