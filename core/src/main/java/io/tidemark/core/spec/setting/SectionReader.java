package io.tidemark.core.spec.setting;

import io.tidemark.core.spec.yaml.Redaction;
import io.tidemark.core.spec.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads values by their declarations; whatever does not fit is noted at the site, and reading goes
 * on. The values may be used once {@link io.tidemark.core.spec.yaml.Problems#throwIfAny} returned.
 */
public final class SectionReader {
  private final Section<?> file;

  /**
   * A reader.
   *
   * @param file the section of the whole file, to tell where a misplaced key belongs
   */
  public SectionReader(Section<?> file) {
    this.file = file;
  }

  /** The values of a section that stands once within another. */
  public Values readChild(Section<?> section, YamlValue parent, Site site) {
    Optional<YamlValue.Entry> entry = parent.entry(section.key());
    if (entry.isPresent()) {
      return read(section, entry.get().value(), site.child(section.key(), entry.get().at()));
    }
    if (!section.hasRequired() && !(parent instanceof YamlValue.Broken)) {
      return read(section, new YamlValue.Empty(site.at()), site);
    }
    if (parent instanceof YamlValue.Mapping) {
      List<String> required =
          section.settings().stream()
              .filter(setting -> setting.byDefault().isEmpty())
              .map(SectionReader::keyWithChoice)
              .toList();
      site.invalid(
          site.at(),
          "required section '" + section.key() + "' is missing",
          "add " + section.key() + ": with " + String.join(", ", required));
    }
    return read(section, new YamlValue.Broken(site.at()), site);
  }

  private static String keyWithChoice(Setting<?, ?> setting) {
    return setting.key()
        + setting.choice().map(choice -> " (for " + choice.line() + ")").orElse("");
  }

  /** The values of each entry of a section that stands under names, in the order of the file. */
  public Map<String, Values> readEntries(Section<?> section, YamlValue parent, Site parentSite) {
    Map<String, Values> entries = new LinkedHashMap<>();
    Optional<YamlValue.Entry> found = parent.entry(section.key());
    if (found.isEmpty()) {
      return entries;
    }
    Site site = parentSite.child(section.key(), found.get().at());
    YamlValue value = found.get().value();
    if (value instanceof YamlValue.Mapping mapping) {
      Map<String, String> seen = new TreeMap<>();
      for (YamlValue.Entry entry : mapping.entries()) {
        checkName(section, entry, seen, site);
        entries.put(entry.key(), read(section, entry.value(), site.child(entry.key(), entry.at())));
      }
    } else if (!(value instanceof YamlValue.Empty || value instanceof YamlValue.Broken)) {
      site.invalid(
          value.at(),
          "must be a map of names, but is " + value.kind(),
          "write each on its own line, indented: 'name: {}'");
    }
    return entries;
  }

  private static void checkName(
      Section<?> section, YamlValue.Entry entry, Map<String, String> seen, Site site) {
    String name = entry.key();
    section
        .entryName()
        .orElseThrow()
        .read(new YamlValue.Scalar(entry.at(), name, name, false), site);
    String same = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    if (same != null) {
      site.invalid(
          entry.at(),
          "'" + same + "' and '" + name + "' differ only in upper and lower case",
          "rename one; query engines do not tell them apart");
    }
  }

  /** The values of a section. */
  public Values read(Section<?> section, YamlValue value, Site site) {
    Values values = new Values();
    if (value instanceof YamlValue.Broken) {
      return values;
    }
    if (value instanceof YamlValue.Scalar || value instanceof YamlValue.Sequence) {
      site.invalid(
          value.at(),
          "must be a map, but is " + value.kind(),
          "write its settings as 'key: value' lines; allowed: "
              + String.join(", ", section.allowedKeys()));
      return values;
    }
    List<YamlValue.Entry> entries =
        value instanceof YamlValue.Mapping mapping ? mapping.entries() : List.of();
    entries.forEach(entry -> checkKey(section, entry, site));
    section.settings().forEach(setting -> readSetting(setting, value, site, values));
    return values;
  }

  private void checkKey(Section<?> section, YamlValue.Entry entry, Site site) {
    List<String> allowed = section.allowedKeys();
    if (!allowed.contains(entry.key())) {
      site.invalid(
          entry.at(), "unknown key '" + entry.key() + "'", remedy(section, entry.key(), allowed));
    }
  }

  private String remedy(Section<?> section, String key, List<String> allowed) {
    if (key.equals("<<")) {
      return "merge keys are not supported: repeat the lines, or alias a whole value";
    }
    Optional<String> elsewhere =
        file.dottedKeys()
            .filter(dotted -> dotted.equals(key) || dotted.endsWith("." + key))
            .findFirst();
    if (elsewhere.isPresent() && Suggestion.closest(key, allowed).isEmpty()) {
      String place = section.key().isEmpty() ? "" : " outside '" + section.path() + "'";
      return "did you mean '%s'%s? allowed here: %s"
          .formatted(elsewhere.get(), place, String.join(", ", allowed));
    }
    return Suggestion.sentence(key, allowed);
  }

  private static <R, T> void readSetting(
      Setting<R, T> setting, YamlValue section, Site site, Values values) {
    Optional<YamlValue.Entry> entry = section.entry(setting.key());
    Optional<Boolean> applies =
        setting.choice().map(choice -> choice.isMadeIn(values)).orElse(Optional.of(true));
    if (entry.isPresent()) {
      Site below = site.child(setting.key(), entry.get().at());
      if (applies.orElse(true)) {
        setting.read(entry.get().value(), below).ifPresent(value -> values.put(setting, value));
      } else {
        Setting.Choice<R> choice = setting.choice().orElseThrow();
        below.invalid(
            entry.get().at(),
            "means something only where '" + choice.line() + "' is set",
            choice.values().size() == 1
                ? "remove it, or set '" + choice.line() + "'"
                : "remove it, or change '" + choice.setting().key() + "'");
      }
      values.hide(Redaction.secretsIn(setting.key(), entry.get().value()));
    } else if (applies.orElse(false)) {
      readMissing(setting, site, values);
    }
  }

  private static <T> void readMissing(Setting<?, T> setting, Site site, Values values) {
    if (setting.byDefault().isPresent()) {
      values.put(setting, setting.defaultValue());
    } else {
      site.invalid(
          site.at(),
          "required key '" + setting.key() + "' is missing",
          "add '" + setting.key() + ":' with " + setting.type().syntax());
    }
  }
}
