package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What one setting of the source asks of another. */
final class SourceRules {
  private SourceRules() {}

  /** A registry where there is none to ask would be an option that does nothing. */
  static void checkRegistry(YamlValue root, Site site) {
    Optional<YamlValue.Entry> source = root.entry(Settings.SOURCE.key());
    if (source.isEmpty() || !(source.get().value() instanceof YamlValue.Mapping section)) {
      return;
    }
    String registry = Settings.SOURCE.key() + "." + SourceSettings.REGISTRY.key();
    Optional<YamlValue.Entry> written = written(section, SourceSettings.REGISTRY.key());
    boolean there = written.isPresent();
    Optional<SourceFormat> format = format(section);
    if (format.isPresent() && format.get().needsRegistry() && !there) {
      site.invalid(
          section.at(),
          "required key '" + registry + "' is missing for the format " + format.get().word(),
          "add 'registry:' with the registry's address, such as http://registry:8081");
    } else if (format.isPresent() && !format.get().needsRegistry() && there) {
      site.invalid(
          written.get().at(),
          registry + ": the format " + format.get().word() + " has no registry",
          "remove it, or set source.format to debezium-avro or debezium-protobuf");
    }
  }

  /** Outbox events have the key event_id and come from a topic: neither can be chosen. */
  static void checkOutboxes(YamlValue root, Site site) {
    Optional<YamlValue.Entry> tables = root.entry(Settings.TABLES.key());
    if (tables.isEmpty() || !(tables.get().value() instanceof YamlValue.Mapping section)) {
      return;
    }
    for (YamlValue.Entry table : section.entries()) {
      boolean outbox = written(table.value(), TableSettings.OUTBOX.key()).isPresent();
      for (String key : List.of(TableSettings.KEY.key(), TableSettings.SOURCE.key())) {
        Optional<YamlValue.Entry> written = written(table.value(), key);
        if (outbox && written.isPresent()) {
          site.invalid(
              written.get().at(),
              "tables." + table.key() + "." + key + ": a table of outbox events has none",
              "remove it: the key is event_id, and the events come from the topic under 'outbox'");
        }
      }
    }
  }

  /** A key that says more than its default. */
  private static Optional<YamlValue.Entry> written(YamlValue section, String key) {
    return section
        .entry(key)
        .filter(
            entry ->
                !(entry.value() instanceof YamlValue.Empty)
                    && !(entry.value() instanceof YamlValue.Sequence list
                        && list.items().isEmpty()));
  }

  /** Empty if it is no format, which is said where the setting is read. */
  private static Optional<SourceFormat> format(YamlValue.Mapping section) {
    Optional<YamlValue.Entry> written = section.entry(SourceSettings.FORMAT.key());
    if (written.isEmpty()) {
      return Optional.of(SourceSettings.FORMAT.defaultValue());
    }
    return written.get().value() instanceof YamlValue.Scalar scalar
        ? Arrays.stream(SourceFormat.values())
            .filter(format -> format.word().equals(scalar.text()))
            .findFirst()
        : Optional.empty();
  }
}
