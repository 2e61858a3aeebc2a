package io.tidemark.quality.gate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.run.VerdictDetail;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Verdicts as run records, and back: what is known of a table outlives the process. */
final class CheckRecords {
  private CheckRecords() {}

  /**
   * What the newest record of a table says.
   *
   * @param judged what was looked at, {@link CheckedVersion#text}; empty if it could not be
   * @param failure the checks that failed; empty if none did
   */
  record Known(String judged, Optional<String> failure) {}

  static StepRecord of(
      RunContext context, Instant started, TableVerdict verdict, CheckedVersion version) {
    String failed = verdict.inWords(Verdict.FAIL);
    boolean bad = verdict.verdict() == Verdict.FAIL;
    return new StepRecord(
        context.runId(),
        context.pipeline(),
        Step.CHECK,
        verdict.table().toString(),
        started,
        context.clock().instant(),
        Counts.none(),
        Optional.empty(),
        VerdictDetail.of(verdict, verdict.version(), verdict.rows(), version.text()).json(),
        bad ? ExitCode.QUALITY : ExitCode.DONE,
        bad ? Optional.of(failed) : Optional.empty());
  }

  /** What the newest records of a pipeline's tables say. */
  static Map<TableRef, Known> newest(Lake lake, String pipeline) {
    Map<TableRef, Known> known = new HashMap<>();
    if (!lake.runs().exists()) {
      return known;
    }
    String step = Step.CHECK.name().toLowerCase(Locale.ROOT);
    for (Row row :
        lake.runs()
            .read()
            .filter(col("pipeline").equalTo(pipeline).and(col("step").equalTo(step)))
            .groupBy("table")
            .agg(max_by(struct("detail", "error"), col("ended_at")).as("last"))
            .select("table", "last.detail", "last.error")
            .collectAsList()) {
      TableRef.parse(row.getString(0))
          .ifPresent(
              table ->
                  known.put(
                      table,
                      new Known(
                          // If there was no verdict, the detail is a remedy.
                          VerdictDetail.parse(row.getString(1))
                              .map(VerdictDetail::judged)
                              .orElse(""),
                          Optional.ofNullable(row.getString(2)))));
    }
    return known;
  }
}
