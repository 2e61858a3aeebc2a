package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

import io.tidemark.core.spec.yaml.Redaction;
import java.time.Duration;

/**
 * The pages about what checks found.
 *
 * @param retention how long they stay in the lake
 * @param every after how long a continuous run writes a further one although no verdict has
 *     changed; zero for never
 * @param redaction which values must not be printed
 */
public record ReportsSpec(Duration retention, Duration every, Redaction redaction) {
  /** Nothing is said of them. */
  public static final ReportsSpec DEFAULT =
      new ReportsSpec(Duration.ofDays(30), Duration.ofHours(1), Redaction.NONE);

  public ReportsSpec {
    requireNonNull(retention, "retention");
    requireNonNull(every, "every");
    requireNonNull(redaction, "redaction");
  }

  /** The settings on one line. */
  @Override
  public String toString() {
    return ReportSettings.REPORTS.describe(this);
  }
}
