package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.FileLookup;
import io.tidemark.core.spec.yaml.Place;
import io.tidemark.core.spec.yaml.Problems;
import io.tidemark.core.spec.yaml.Redaction;
import io.tidemark.core.spec.yaml.Secrets;
import io.tidemark.core.spec.yaml.YamlDocument;
import io.tidemark.core.spec.yaml.YamlValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One setting, declared once: from this come parsing, error texts, the printed configuration and
 * the reference page.
 *
 * @param <R> the record that holds the value
 * @param <T> the type of the value
 * @param key the key within its section
 * @param byDefault the YAML that holds when the key is not written; empty when it must be written
 * @param value where the record holds it
 * @param help one sentence for the reference page
 * @param choice what another setting must be for this one to mean anything; empty if it always does
 */
public record Setting<R, T>(
    String key,
    ValueType<T> type,
    Optional<String> byDefault,
    Function<R, T> value,
    String help,
    Optional<Choice<R>> choice) {

  /**
   * A value of another setting of the same section.
   *
   * @param setting the other setting, declared before those that depend on it
   * @param values what it must be one of
   */
  public record Choice<R>(Setting<R, ?> setting, List<Object> values) {
    /** Copies the list. */
    public Choice {
      values = List.copyOf(values);
    }

    boolean isMadeIn(R record) {
      return values.contains(setting.value().apply(record));
    }

    /** Whether it is made; empty if the other setting is missing or invalid. */
    Optional<Boolean> isMadeIn(Values read) {
      return read.find(setting).map(values::contains);
    }

    /** {@code type: files}, or {@code type: size, sum or mean}. */
    public String line() {
      List<String> words = values.stream().map(Object::toString).toList();
      int last = words.size() - 1;
      String others = String.join(", ", words.subList(0, last));
      return setting.key() + ": " + others + (last == 0 ? "" : " or ") + words.get(last);
    }
  }

  /** A setting that must be written. */
  public static <R, T> Setting<R, T> required(
      String key, ValueType<T> type, Function<R, T> value, String help) {
    return new Setting<>(key, type, Optional.empty(), value, help, Optional.empty());
  }

  /** A setting that may be left out. */
  public static <R, T> Setting<R, T> withDefault(
      String key, ValueType<T> type, String byDefault, Function<R, T> value, String help) {
    return new Setting<>(key, type, Optional.of(byDefault), value, help, Optional.empty());
  }

  /** A setting that has no value when it is left out. */
  public static <R, T> Setting<R, Optional<T>> optional(
      String key, ValueType<T> type, Function<R, Optional<T>> value, String help) {
    return new Setting<>(
        key, new OptionalType<>(type), Optional.of("null"), value, help, Optional.empty());
  }

  /** The same setting, which means something only where another one has this value. */
  public <C> Setting<R, T> onlyWhere(Setting<R, C> other, C chosen) {
    return onlyWhere(other, List.of(chosen));
  }

  /** The same setting, which means something only where another one has one of these values. */
  public <C> Setting<R, T> onlyWhere(Setting<R, C> other, List<C> chosen) {
    Choice<R> choice = new Choice<>(other, List.copyOf(chosen));
    return new Setting<>(key, type, byDefault, value, help, Optional.of(choice));
  }

  /**
   * The value that holds when the key is not written.
   *
   * @throws IllegalStateException if there is no default, or if it is not valid
   */
  public T defaultValue() {
    String text = byDefault.orElseThrow(() -> new IllegalStateException(key + " has no default"));
    Problems problems = new Problems(Path.of("default of " + key));
    Site site = new Site(key, Place.START, new FileLookup(Path.of("")), problems);
    Optional<T> read = type.read(YamlDocument.literal(text), site);
    problems.throwIfAny();
    return read.orElseThrow(() -> new IllegalStateException(key + " has a broken default"));
  }

  /** The typed value; empty when it is invalid, which is then noted at the site. */
  Optional<T> read(YamlValue written, Site site) {
    boolean secret = Secrets.isSecretName(key);
    return type.read(
        secret && written instanceof YamlValue.Scalar scalar ? scalar.asSecret() : written, site);
  }

  /** {@code key: value} with secrets redacted, as one line of YAML. */
  String line(R record, Redaction redaction) {
    boolean hidden = Secrets.isSecretName(key) || redaction.hides(key);
    String shown = type.show(value.apply(record), entry -> redaction.hides(key + "." + entry));
    return key + ": " + (hidden ? Secrets.REDACTED : shown);
  }

  /** A value, or null for none. */
  private record OptionalType<T>(ValueType<T> type) implements ValueType<Optional<T>> {
    @Override
    public String name() {
      return type.name();
    }

    @Override
    public String syntax() {
      return type.syntax();
    }

    @Override
    public Optional<Optional<T>> read(YamlValue value, Site site) {
      if (value instanceof YamlValue.Empty) {
        return Optional.of(Optional.empty());
      }
      Optional<T> read = type.read(value, site);
      return read.isPresent() ? Optional.of(read) : Optional.empty();
    }

    @Override
    public String show(Optional<T> value, Predicate<String> hidden) {
      return value.map(present -> type.show(present, hidden)).orElse("null");
    }
  }
}
