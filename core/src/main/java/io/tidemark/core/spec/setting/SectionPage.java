package io.tidemark.core.spec.setting;

import java.util.stream.Collectors;

/** The part of a reference page that explains one section, written from its declarations. */
public final class SectionPage {
  private SectionPage() {}

  /** A heading, the section's help, and a table of its settings, as Markdown. */
  public static String markdown(String title, Section<?> section) {
    String name = section.entryName().map(form -> " The name: " + form.syntax() + ".").orElse("");
    return "\n## "
        + title
        + "\n\n"
        + section.help()
        + name
        + "\n\n| Key | Value | Default | Meaning |\n|---|---|---|---|\n"
        + section.settings().stream()
            .map(SectionPage::row)
            .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(Setting<?, ?> setting) {
    String byDefault = setting.byDefault().map(SectionPage::shownDefault).orElse("**required**");
    String choice = setting.choice().map(made -> "For `" + made.line() + "`. ").orElse("");
    return "| `%s` | %s | %s | %s%s |"
        .formatted(setting.key(), setting.type().syntax(), byDefault, choice, setting.help())
        .replace("<", "&lt;");
  }

  private static String shownDefault(String yaml) {
    return switch (yaml) {
      case "null", "[]", "{}" -> "none";
      default -> "`" + yaml + "`";
    };
  }
}
