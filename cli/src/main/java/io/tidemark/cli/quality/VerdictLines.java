package io.tidemark.cli.quality;

import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the checks of a table said, for people and for programs. */
public record VerdictLines(String runId, TableVerdict verdict) {
  private static final int NAME = 40;

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        verdict.version() < 0
            ? "%s: %s%n".formatted(verdict.table(), loud(verdict.verdict()))
            : "%s: %s, version %d, %,d rows%n"
                .formatted(
                    verdict.table(), loud(verdict.verdict()), verdict.version(), verdict.rows()));
    int name =
        verdict.results().stream().mapToInt(result -> result.check().length()).max().orElse(0);
    String line = "  %-7s  %-" + Math.max(1, Math.min(NAME, name)) + "s  %s, expected %s%n";
    for (CheckResult result : verdict.results()) {
      text.append(
          line.formatted(
              loud(result.verdict()), result.check(), result.foundInWords(), result.expected()));
    }
    return text.toString();
  }

  /** What needs a look stands out without colours. */
  private static String loud(Verdict verdict) {
    return verdict == Verdict.PASS ? verdict.word() : verdict.word().toUpperCase(Locale.ROOT);
  }

  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", runId);
    map.put("table", verdict.table().toString());
    map.put("verdict", verdict.verdict().word());
    map.put("version", verdict.version() < 0 ? null : verdict.version());
    map.put("rows", verdict.rows() < 0 ? null : verdict.rows());
    map.put("at", verdict.at().toString());
    List<Map<String, Object>> checks = new ArrayList<>();
    verdict.results().forEach(result -> checks.add(asMap(result)));
    map.put("checks", checks);
    return map;
  }

  /** One result, as every verb writes it. */
  public static Map<String, Object> asMap(CheckResult result) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("check", result.check());
    map.put("dimension", result.dimension().word());
    map.put("severity", result.severity().word());
    map.put("verdict", result.verdict().word());
    map.put("value", number(result));
    map.put("expected", result.expected());
    map.put("message", result.message());
    return map;
  }

  /** JSON has no word for what is no number. */
  private static Double number(CheckResult result) {
    return result.value().isPresent() && Double.isFinite(result.value().getAsDouble())
        ? result.value().getAsDouble()
        : null;
  }
}
