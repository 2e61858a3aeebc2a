package io.tidemark.merge.gold;

import io.tidemark.core.check.TableVerdict;
import io.tidemark.core.check.Verdict;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why a mart is not computed, or stays at its last good version. */
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
            .map(
                source ->
                    "checks of silver.%s fail: %s".formatted(source.getKey(), source.getValue()))
            .collect(Collectors.joining("; "));
    return Errors.quality(
        "Cannot refresh mart '%s': %s".formatted(mart, sources),
        "Readers still see the last good version. Correct the source's rows or the checks; the next"
            + " good run publishes. To see how the table is: "
            + quality("silver", badSources.keySet().iterator().next(), pipeline));
  }

  /** A mart names a silver table that is not there yet. */
  static TidemarkException waits(String mart, String table) {
    return Errors.unavailable(
        "Cannot compute mart '%s': silver has no table '%s' yet".formatted(mart, table),
        "Nothing to do if its first change has not landed; else correct the mart's query",
        null);
  }

  /** A mart that names no silver table. */
  static TidemarkException readsNothing(String mart, String file) {
    return Errors.configuration(
        "Cannot compute mart '%s': the query in %s names no table silver.*".formatted(mart, file),
        "Read from silver.<table> in the query");
  }

  /** A mart whose declared key is not among its columns. */
  static TidemarkException keyMissing(String mart, String column, List<String> columns) {
    return Errors.configuration(
        "Cannot publish mart '%s': its key column '%s' is not among its columns %s"
            .formatted(mart, column, columns),
        "Correct 'gold." + mart + ".key' or the query");
  }

  /** A mart whose declared key does not identify its rows. */
  static TidemarkException keyBroken(String mart, List<String> key, String example) {
    return Errors.configuration(
        "Cannot publish mart '%s': its key %s is null or not unique, for example %s (key, rows)"
            .formatted(mart, key, example),
        "Correct the query or 'gold." + mart + ".key'; readers still see the last good version");
  }

  private static String quality(String layer, String table, Path pipeline) {
    return "tidemark quality --layer %s --table %s --pipeline %s".formatted(layer, table, pipeline);
  }
}
