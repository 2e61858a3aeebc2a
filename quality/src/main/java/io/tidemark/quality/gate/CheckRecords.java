package io.tidemark.quality.gate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.TableRef;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Verdicts as run records, and back: what is known of a table outlives the process. */
final class CheckRecords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JUDGED = "judged";

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
        detail(verdict, version),
        bad ? ExitCode.QUALITY : ExitCode.DONE,
        bad ? Optional.of(failed) : Optional.empty());
  }

  private static String detail(TableVerdict verdict, CheckedVersion version) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("verdict", verdict.verdict().word());
    detail.put("version", verdict.version());
    detail.put("rows", verdict.rows());
    detail.put("checks", verdict.results().size());
    detail.put(JUDGED, version.text());
    List<String> warnings = new ArrayList<>();
    for (CheckResult warning : verdict.saying(Verdict.WARN)) {
      warnings.add(warning.inWords());
    }
    if (!warnings.isEmpty()) {
      detail.put("warnings", warnings);
    }
    try {
      return JSON.writeValueAsString(detail);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a map as JSON", e);
    }
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
                      new Known(judged(row.getString(1)), Optional.ofNullable(row.getString(2)))));
    }
    return known;
  }

  /** Empty if the step failed before there was a verdict: its detail is a remedy then. */
  private static String judged(String detail) {
    try {
      JsonNode found = JSON.readTree(detail).path(JUDGED);
      return found.asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
