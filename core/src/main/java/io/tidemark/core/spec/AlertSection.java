package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.SectionReader;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.Site;
import io.tidemark.core.spec.setting.Values;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The section {@code alerts} as it was read; its spec may be made once no problem was noted. */
record AlertSection(Values limits, Map<String, Values> channels) {

  /** Reads the section, and notes what does not fit together in it. */
  static AlertSection read(SectionReader reader, YamlValue root, Site site) {
    Values limits = reader.readChild(AlertSettings.ALERTS, root, site);
    Optional<YamlValue.Entry> written = root.entry(AlertSettings.ALERTS.key());
    if (written.isEmpty()) {
      return new AlertSection(limits, Map.of());
    }
    YamlValue section = written.get().value();
    Site below = site.child(AlertSettings.ALERTS.key(), written.get().at());
    Map<String, Values> channels = reader.readEntries(AlertSettings.CHANNELS, section, below);
    boolean says = section instanceof YamlValue.Mapping mapping && !mapping.entries().isEmpty();
    if (channels.isEmpty() && says) {
      below.invalid(
          written.get().at(),
          "nobody would be told: no channel is named",
          "add 'channels:' with, for example, 'log: {type: file, path: alerts.jsonl}'");
    }
    section
        .entry(AlertSettings.CHANNELS.key())
        .map(YamlValue.Entry::value)
        .filter(YamlValue.Mapping.class::isInstance)
        .map(YamlValue.Mapping.class::cast)
        .ifPresent(all -> all.entries().forEach(channel -> userHasPassword(channel, below)));
    return new AlertSection(limits, channels);
  }

  private static void userHasPassword(YamlValue.Entry channel, Site site) {
    needs(channel, AlertSettings.USER, AlertSettings.PASSWORD, site);
    needs(channel, AlertSettings.PASSWORD, AlertSettings.USER, site);
  }

  private static void needs(
      YamlValue.Entry channel, Setting<?, ?> setting, Setting<?, ?> other, Site site) {
    if (isWritten(channel, setting) && !isWritten(channel, other)) {
      site.child(AlertSettings.CHANNELS.key(), channel.at())
          .child(channel.key(), channel.at())
          .invalid(
              channel.at(),
              "'%s' needs '%s'".formatted(setting.key(), other.key()),
              "add that, or remove '" + setting.key() + "'");
    }
  }

  private static boolean isWritten(YamlValue.Entry channel, Setting<?, ?> setting) {
    return channel
        .value()
        .entry(setting.key())
        .filter(entry -> !(entry.value() instanceof YamlValue.Empty))
        .isPresent();
  }

  AlertsSpec spec() {
    Map<String, ChannelSpec> specs = new LinkedHashMap<>();
    channels.forEach((name, values) -> specs.put(name, channel(name, values)));
    return new AlertsSpec(
        specs,
        limits.of(AlertSettings.FRESHNESS),
        limits.of(AlertSettings.TABLE_FRESHNESS),
        limits.of(AlertSettings.DEAD_LETTERS),
        limits.of(AlertSettings.QUARANTINE),
        limits.of(AlertSettings.WINDOW),
        limits.of(AlertSettings.REPEAT),
        limits.redaction());
  }

  private static ChannelSpec channel(String name, Values values) {
    return new ChannelSpec(
        name,
        target(values),
        values.of(AlertSettings.MIN_SEVERITY),
        values.of(AlertSettings.KINDS),
        values.redaction());
  }

  private static ChannelTarget target(Values values) {
    return switch (values.of(AlertSettings.TYPE)) {
      case WEBHOOK ->
          new ChannelTarget.Webhook(values.of(AlertSettings.URL), values.of(AlertSettings.CA));
      case EMAIL ->
          new ChannelTarget.Email(
              values.of(AlertSettings.HOST),
              values.of(AlertSettings.PORT).map(Math::toIntExact),
              values.of(AlertSettings.SECURITY),
              values.of(AlertSettings.USER),
              values.of(AlertSettings.PASSWORD),
              values.of(AlertSettings.FROM),
              values.of(AlertSettings.TO),
              values.of(AlertSettings.CA));
      case COMMAND ->
          new ChannelTarget.Command(
              values.of(AlertSettings.COMMAND), values.of(AlertSettings.TIMEOUT));
      case FILE -> new ChannelTarget.Lines(values.of(AlertSettings.PATH));
    };
  }
}
