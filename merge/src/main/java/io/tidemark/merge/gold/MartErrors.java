package io.tidemark.merge.gold;

import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Why a mart stays at its last good version. */
final class MartErrors {
  private MartErrors() {}

  /** What it would have become does not keep its checks. */
  static TidemarkException rejected(String mart, TableVerdict verdict, Path pipeline) {
    return Errors.quality(
        "Cannot publish mart '%s': its checks fail: %s"
            .formatted(mart, verdict.inWords(Verdict.FAIL)),
        "Readers still see the last good version. Correct the source's rows, the mart's query or its"
            + " checks; the next good run publishes. What readers see: "
            + quality("gold", mart, pipeline));
  }

  /** Tables it reads do not keep theirs. */
  static TidemarkException held(String mart, Map<String, String> badSources, Path pipeline) {
    String sources =
        badSources.entrySet().stream()
            .map(source -> "checks of silver.%s fail: %s".formatted(source.getKey(), source.getValue()))
            .collect(Collectors.joining("; "));
    return Errors.quality(
        "Cannot refresh mart '%s': %s".formatted(mart, sources),
        "Readers still see the last good version. Correct the source's rows or the checks; the next"
            + " good run publishes. To see how the table is: "
            + quality("silver", badSources.keySet().iterator().next(), pipeline));
  }

  private static String quality(String layer, String table, Path pipeline) {
    return "tidemark quality --layer %s --table %s --pipeline %s".formatted(layer, table, pipeline);
  }
}
