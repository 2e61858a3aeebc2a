package io.tidemark.cli.backfill;

import io.tidemark.cli.run.StepLine;
import io.tidemark.cli.verb.PipelineOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells how far a backfill has come, for people. */
final class BackfillProgress {
  private final String table;
  private final long total;
  private final Clock clock;
  private final PipelineOptions.Format format;
  private final Instant started;

  /**
   * Of a backfill that begins now.
   *
   * @param total about how many rows it will read; 0 if nobody knows
   */
  BackfillProgress(String table, long total, Clock clock, PipelineOptions.Format format) {
    this.table = table;
    this.total = total;
    this.clock = clock;
    this.format = format;
    this.started = clock.instant();
  }

  /** So many rows have been read since it began. */
  void read(long rows) {
    if (format == PipelineOptions.Format.TEXT) {
      System.out.println(line(rows));
      System.out.flush();
    }
  }

  String line(long rows) {
    double seconds =
        Math.max(0.001, Duration.between(started, clock.instant()).toMillis() / 1000.0);
    double rate = rows / seconds;
    String line = "backfill %-18s %,d".formatted(table, rows);
    if (total > rows) {
      Duration left = Duration.ofMillis((long) (1000 * (total - rows) / Math.max(rate, 0.001)));
      return "%s of about %,d rows (%d %%), %,.0f rows/s, about %s left"
          .formatted(line, total, 100 * rows / total, rate, StepLine.duration(left));
    }
    return "%s rows, %,.0f rows/s".formatted(line, rate);
  }
}
