package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.Redaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The typed values of one section of a file; complete unless a problem was noted. */
public final class Values {
  private final Map<Setting<?, ?>, Object> values = new HashMap<>();
  private final Set<String> secrets = new HashSet<>();

  Values() {}

  <T> void put(Setting<?, T> setting, T value) {
    values.put(setting, value);
  }

  void hide(Set<String> keys) {
    secrets.addAll(keys);
  }

  /**
   * The value of a setting.
   *
   * @throws IllegalStateException if its value is missing or was invalid: problems must be thrown
   *     before values are used
   */
  @SuppressWarnings("unchecked") // put() is the only way in, and binds value to setting
  public <T> T of(Setting<?, T> setting) {
    Object value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException("No value was read for setting " + setting.key());
    }
    return (T) value;
  }

  /** Whether the setting has a value: not if what is written was invalid. */
  public boolean has(Setting<?, ?> setting) {
    return values.containsKey(setting);
  }

  /** The value of a setting; empty if it is missing or was invalid. */
  Optional<Object> find(Setting<?, ?> setting) {
    return Optional.ofNullable(values.get(setting));
  }

  /** The keys whose values are secrets. */
  public Redaction redaction() {
    return new Redaction(secrets);
  }
}
