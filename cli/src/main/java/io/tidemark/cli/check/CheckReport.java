package io.tidemark.cli.check;

import io.tidemark.cli.check.Finding.Severity;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.json.JsonLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All findings of a check.
 *
 * @param pipeline the pipeline's name
 * @param findings in the order in which things were looked at
 */
public record CheckReport(String pipeline, List<Finding> findings) {
  private static final String INDENT = "\n         ";

  /** Keeps a copy of the findings. */
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /**
   * {@code UNAVAILABLE} if anything did not answer, because then not everything was looked at; else
   * {@code CONFIGURATION} if there is an error; else {@code DONE}.
   */
  public ExitCode exitCode() {
    if (findings.stream().anyMatch(f -> f.exitCode() == ExitCode.UNAVAILABLE)) {
      return ExitCode.UNAVAILABLE;
    }
    return findings.stream()
        .map(Finding::exitCode)
        .filter(code -> code != ExitCode.DONE)
        .findFirst()
        .orElse(ExitCode.DONE);
  }

  /** For people: each finding with its remedy below it, and the sum at the end. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append("%-8s ".formatted(finding.severity().word()))
          .append((finding.where() + ": " + finding.what()).replace("\n", INDENT))
          .append('\n');
      if (!finding.remedy().isEmpty()) {
        text.append("         -> ").append(finding.remedy()).append('\n');
      }
    }
    return text.append("check of %s: ".formatted(pipeline)).append(sum()).append('\n').toString();
  }

  private String sum() {
    long errors = count(Severity.ERROR);
    long warnings = count(Severity.WARNING);
    return "%d %s, %d %s%s"
        .formatted(
            errors,
            errors == 1 ? "error" : "errors",
            warnings,
            warnings == 1 ? "warning" : "warnings",
            exitCode() == ExitCode.UNAVAILABLE ? "; something does not answer or has failed" : "");
  }

  private long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** For programs: one JSON object a line, one line a finding, and the sum at the end. */
  public String json() {
    StringBuilder lines = new StringBuilder();
    for (Finding finding : findings) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("severity", finding.severity().word());
      line.put("where", finding.where());
      line.put("what", finding.what());
      line.put("remedy", finding.remedy());
      lines.append(JsonLine.of(line)).append('\n');
    }
    Map<String, Object> sum = new LinkedHashMap<>();
    sum.put("pipeline", pipeline);
    sum.put("errors", count(Severity.ERROR));
    sum.put("warnings", count(Severity.WARNING));
    sum.put("exit_code", exitCode().code());
    return lines.append(JsonLine.of(sum)).append('\n').toString();
  }
}
