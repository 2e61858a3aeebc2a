package io.tidemark.core.spec;

import io.tidemark.core.spec.setting.Section;
import io.tidemark.core.spec.setting.Setting;
import io.tidemark.core.spec.setting.ValueTypes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the pages about what checks found. */
final class ReportSettings {
  static final Setting<ReportsSpec, Duration> RETENTION =
      Setting.withDefault(
          "retention",
          ValueTypes.someTime(),
          "30d",
          ReportsSpec::retention,
          "How long reports stay in the lake; the newest one stays always.");
  static final Setting<ReportsSpec, Duration> EVERY =
      Setting.withDefault(
          "every",
          ValueTypes.duration(),
          "1h",
          ReportsSpec::every,
          "After how long a continuous run writes a further report although no verdict has changed;"
              + " `0s` for never.");

  static final Section<ReportsSpec> REPORTS =
      new Section<>(
          "reports",
          Optional.empty(),
          "The HTML pages in `_tidemark/reports` about what checks found; there are none without"
              + " `checks`.",
          List.of(RETENTION, EVERY),
          List.of(),
          ReportsSpec::redaction);

  private ReportSettings() {}
}
