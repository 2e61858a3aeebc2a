package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A pipeline as YAML with every value that holds, secrets redacted. */
final class EffectiveConfig {
  private EffectiveConfig() {}

  static String print(PipelineSpec spec) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + spec.file() + " with its defaults; secrets are redacted");
    lines.addAll(Settings.PIPELINE.lines(spec));
    lines.add(Settings.SOURCE.key() + ":");
    lines.addAll(indented(Settings.SOURCE.lines(spec.source())));
    if (spec.database().database().isPresent()) {
      lines.add(Settings.DATABASE.key() + ":");
      lines.addAll(indented(Settings.DATABASE.lines(spec.database())));
    }
    entries(lines, Settings.TABLES, spec.declaredTables());
    lines.add(Settings.MASKING.key() + ":");
    lines.addAll(indented(Settings.MASKING.lines(spec.masking())));
    entries(lines, Settings.GOLD, spec.gold());
    if (!spec.alerts().channels().isEmpty()) {
      lines.add(AlertSettings.ALERTS.key() + ":");
      List<String> channels = new ArrayList<>();
      entries(channels, AlertSettings.CHANNELS, spec.alerts().channels());
      lines.addAll(indented(AlertSettings.ALERTS.lines(spec.alerts())));
      lines.addAll(indented(channels));
    }
    if (spec.checks().file().isPresent()) {
      lines.add(ReportSettings.REPORTS.key() + ":");
      lines.addAll(indented(ReportSettings.REPORTS.lines(spec.reports())));
    }
    return String.join("\n", lines) + "\n";
  }

  private static <R> void entries(List<String> lines, Section<R> section, Map<String, R> records) {
    lines.add(section.key() + ":" + (records.isEmpty() ? " {}" : ""));
    records.forEach(
        (name, record) -> {
          lines.add("  " + name + ":");
          lines.addAll(indented(indented(section.lines(record))));
        });
  }

  private static List<String> indented(List<String> lines) {
    return lines.stream().map(line -> "  " + line).toList();
  }
}
