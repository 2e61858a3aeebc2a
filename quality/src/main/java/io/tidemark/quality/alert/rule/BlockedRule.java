package io.tidemark.quality.alert.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.check.Severity;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.run.StepRecord;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.PipelineSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A step that failed holds its table at an older state, and raises an alert. */
final class BlockedRule {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<AlertKey, Condition> conditions = new LinkedHashMap<>();
  private final Set<AlertKey> works = new HashSet<>();

  private BlockedRule() {}

  static Findings look(PipelineSpec spec, Observation seen) {
    BlockedRule rule = new BlockedRule();
    seen.steps().forEach(step -> rule.take(spec, step));
    Set<String> complete = new HashSet<>();
    seen.complete().forEach(step -> complete.add(word(step)));
    return new Findings(
        rule.conditions.values().stream().toList(),
        key ->
            key.kind() == AlertKind.BLOCKED
                && (rule.works.contains(key) || complete.contains(key.check())));
  }

  private void take(PipelineSpec spec, StepRecord step) {
    if (step.step() == Step.CHECK && step.outcome() == ExitCode.QUALITY) {
      works(key(step.step(), step.table())); // It was judged; what was found is told by its checks.
      return;
    }
    if (step.outcome() == ExitCode.DONE) {
      if (step.table().equals(AlertKey.ALL)) {
        landed(step.detail()).forEach(table -> works(key(step.step(), table)));
      } else {
        works(key(step.step(), step.table()));
      }
      return;
    }
    AlertKey key = key(step.step(), step.table());
    works.remove(key);
    conditions.put(
        key,
        new Condition(
            key,
            Severity.ERROR,
            "%s stays as it was: %s"
                .formatted(key.table(), firstLine(step.error().orElse(step.outcome().name()))),
            step.detail().isBlank()
                ? "tidemark status --pipeline " + spec.file()
                : firstLine(step.detail())));
  }

  private void works(AlertKey key) {
    conditions.remove(key);
    works.add(key);
  }

  private static AlertKey key(Step step, String table) {
    String layer =
        switch (step) {
          case INGEST, REPLAY, BACKFILL, RECOVER, RELEASE -> "bronze.";
          case MERGE, SWEEP -> "silver.";
          case HISTORY -> "history.";
          case GOLD -> "gold.";
          case CHECK -> ""; // Its table is named with the layer.
        };
    boolean all = table.equals(AlertKey.ALL);
    return new AlertKey(AlertKind.BLOCKED, all ? table : layer + table, word(step));
  }

  private static String word(Step step) {
    return step.name().toLowerCase(Locale.ROOT);
  }

  /** The tables that an ingest says it has brought on. */
  private static Set<String> landed(String detail) {
    Set<String> tables = new HashSet<>();
    try {
      for (JsonNode table : JSON.readTree(detail).path("tables")) {
        tables.add(table.asText());
      }
    } catch (JsonProcessingException e) {
      return Set.of(); // Not an ingest: others write no JSON, and no tables.
    }
    return tables;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }
}
