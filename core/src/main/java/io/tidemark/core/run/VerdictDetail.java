package io.tidemark.core.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.check.CheckResult;
import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.json.JsonLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the detail of a run record tells of a table that was judged.
 *
 * @param version the table's version that readers see
 * @param rows how many rows it has
 * @param verdict empty of a mart without checks
 * @param checks how many checks were looked at
 * @param warnings what did not hold and only warns, each with what it measured and expected
 * @param judged identifies all that the verdict depends on; empty where nobody asks later
 */
public record VerdictDetail(
    long version,
    long rows,
    Optional<Verdict> verdict,
    int checks,
    List<String> warnings,
    String judged) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the list. */
  public VerdictDetail {
    requireNonNull(verdict, "verdict");
    warnings = List.copyOf(warnings);
    requireNonNull(judged, "judged");
  }

  /** The detail of a version that was not judged. */
  public static VerdictDetail unjudged(long version, long rows) {
    return new VerdictDetail(version, rows, Optional.empty(), 0, List.of(), "");
  }

  /**
   * The detail of a verdict.
   *
   * @param version the version that the judged rows are
   */
  public static VerdictDetail of(TableVerdict verdict, long version, long rows, String judged) {
    return new VerdictDetail(
        version,
        rows,
        Optional.of(verdict.verdict()),
        verdict.results().size(),
        verdict.saying(Verdict.WARN).stream().map(CheckResult::inWords).toList(),
        judged);
  }

  /** As JSON, for the run record. */
  public String json() {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("rows", rows);
    detail.put("version", version);
    verdict.ifPresent(
        word -> {
          detail.put("verdict", word.word());
          detail.put("checks", checks);
        });
    if (!warnings.isEmpty()) {
      detail.put("warnings", warnings);
    }
    if (!judged.isEmpty()) {
      detail.put("judged", judged);
    }
    return JsonLine.of(detail);
  }

  /** What a record's detail tells; empty if it is about something else, such as a remedy. */
  public static Optional<VerdictDetail> parse(String detail) {
    JsonNode found;
    try {
      found = JSON.readTree(detail);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (!found.path("version").isIntegralNumber() || !found.path("rows").isIntegralNumber()) {
      return Optional.empty();
    }
    List<String> warnings = new ArrayList<>();
    found.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    return Optional.of(
        new VerdictDetail(
            found.path("version").asLong(),
            found.path("rows").asLong(),
            Verdict.of(found.path("verdict").asText()),
            found.path("checks").asInt(),
            warnings,
            found.path("judged").asText()));
  }
}
