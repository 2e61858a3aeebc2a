package io.tidemark.cli.run;

import io.tidemark.core.check.Verdict;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Count;
import io.tidemark.core.run.VerdictDetail;
import java.time.Duration;
import java.util.Locale;

/** A finished step on one line, for people. */
public final class StepLine {
  private StepLine() {}

  public static String of(StepRecord step) {
    StringBuilder line = new StringBuilder();
    line.append(
        "%-8s %-18s %6s "
            .formatted(
                step.step().name().toLowerCase(Locale.ROOT),
                step.table().equals("*") ? "" : step.table(),
                duration(Duration.between(step.startedAt(), step.endedAt()))));
    for (Count count : Count.values()) {
      long rows = step.counts().of(count);
      if (rows > 0) {
        line.append(
            " %,d %s".formatted(rows, count.name().toLowerCase(Locale.ROOT).replace('_', '-')));
      }
    }
    step.error()
        .ifPresentOrElse(
            error -> line.append(" FAILED: ").append(error),
            () -> VerdictDetail.parse(step.detail()).ifPresent(detail -> verdict(line, detail)));
    return line.toString();
  }

  private static void verdict(StringBuilder line, VerdictDetail detail) {
    detail
        .verdict()
        .ifPresent(
            verdict -> {
              line.append(" %,d rows, %s: ".formatted(detail.rows(), checks(detail.checks())));
              line.append(verdict == Verdict.WARN ? "WARN: " : verdict.word());
              line.append(String.join("; ", detail.warnings()));
            });
  }

  private static String checks(int checks) {
    return checks == 1 ? "1 check" : checks + " checks";
  }

  /** A time span as people say it. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 3600) {
      return "%dh%02dm".formatted(seconds / 3600, seconds % 3600 / 60);
    }
    if (seconds >= 100) {
      return "%dm%02ds".formatted(seconds / 60, seconds % 60);
    }
    return "%.1fs".formatted(duration.toMillis() / 1000.0);
  }
}
