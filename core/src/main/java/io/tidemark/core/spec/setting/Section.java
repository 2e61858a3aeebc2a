package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.Redaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Settings that stand together in the file and become one record.
 *
 * @param <R> the record
 * @param key the key under which the section stands; empty for the whole file
 * @param entryName what the names under the key must look like, when each of them has these
 *     settings ({@code tables: {orders: …, users: …}}); empty for a section that stands once
 * @param help one sentence for the reference page
 * @param children the sections within this one
 * @param redaction where the record holds what is secret
 */
public record Section<R>(
    String key,
    Optional<ScalarType<String>> entryName,
    String help,
    List<Setting<R, ?>> settings,
    List<Section<?>> children,
    Function<R, Redaction> redaction) {

  /** Copies the lists. */
  public Section {
    settings = List.copyOf(settings);
    children = List.copyOf(children);
  }

  /** The dotted form for people: {@code source}, or {@code tables.<name>}. */
  public String path() {
    return entryName.isPresent() ? key + ".<name>" : key;
  }

  /** The settings of a record as lines of YAML, {@code key: value}, secrets redacted. */
  public List<String> lines(R record) {
    return settings.stream()
        .filter(setting -> setting.choice().stream().allMatch(choice -> choice.isMadeIn(record)))
        .map(setting -> setting.line(record, redaction.apply(record)))
        .toList();
  }

  /** The settings of a record on one line, secrets redacted, for {@code toString}. */
  public String describe(R record) {
    return record.getClass().getSimpleName() + "{" + String.join(", ", lines(record)) + "}";
  }

  /** The keys allowed in this section. */
  public List<String> allowedKeys() {
    return Stream.concat(settings.stream().map(Setting::key), children.stream().map(Section::key))
        .toList();
  }

  boolean hasRequired() {
    return settings.stream().anyMatch(setting -> setting.byDefault().isEmpty());
  }

  /** This section's and its children's settings as dotted keys, for "belongs elsewhere" hints. */
  Stream<String> dottedKeys() {
    String prefix = key.isEmpty() ? "" : path() + ".";
    return Stream.concat(
        settings.stream().map(setting -> prefix + setting.key()),
        children.stream().flatMap(child -> child.dottedKeys().map(below -> prefix + below)));
  }
}
