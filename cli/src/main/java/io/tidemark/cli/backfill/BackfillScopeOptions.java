package io.tidemark.cli.backfill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.error.Errors;
import io.tidemark.ingest.BackfillJob;
import io.tidemark.ingest.jdbc.BackfillScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which rows of a table are meant. */
final class BackfillScopeOptions {
  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only the rows for which this condition holds in the source database")
  private String where;

  @Option(
      names = "--keys",
      paramLabel = "KEYS",
      description =
          "Only the rows with these keys, 1,2,3 or as JSON, for keys of several columns"
              + " [[1,\"a\"],[2,\"b\"]]; those that the source does not have are deleted")
  private String keys;

  @Option(
      names = "--from",
      paramLabel = "VALUE",
      description = "Only the rows from this value of --by on")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "VALUE",
      description = "Only the rows before this value of --by")
  private String to;

  @Option(
      names = "--by",
      paramLabel = "COLUMN",
      description = "The column of --from and --to; default: the watermark, or the key")
  private String by;

  /**
   * What was chosen.
   *
   * @throws io.tidemark.core.error.TidemarkException with exit code 2 if that is no one thing
   */
  BackfillScope scope(BackfillJob job) {
    boolean range = from != null || to != null;
    if ((where == null ? 0 : 1) + (keys == null ? 0 : 1) + (range ? 1 : 0) > 1) {
      throw Errors.configuration(
          "Cannot choose rows in several ways at once", "Give --where, --keys, or --from and --to");
    }
    if (by != null && !range) {
      throw Errors.configuration("Cannot choose rows by --by alone", "Add --from, --to, or both");
    }
    if (range) {
      return job.range(Optional.ofNullable(by), Optional.ofNullable(from), Optional.ofNullable(to));
    }
    if (keys != null) {
      return new BackfillScope.Keys(keys(keys));
    }
    return where == null ? new BackfillScope.Whole() : new BackfillScope.Where(where, List.of());
  }

  private static List<List<String>> keys(String text) {
    List<List<String>> keys = new ArrayList<>();
    if (!text.startsWith("[")) {
      for (String value : text.split(",", -1)) {
        keys.add(List.of(value.trim()));
      }
      return keys;
    }
    try {
      for (JsonNode key : new ObjectMapper().readTree(text)) {
        List<String> values = new ArrayList<>();
        if (key.isArray()) {
          key.forEach(value -> values.add(value.asText()));
        } else {
          values.add(key.asText());
        }
        keys.add(values);
      }
      return keys;
    } catch (JsonProcessingException e) {
      throw Errors.configuration(
          "Cannot read --keys: " + e.getOriginalMessage(), "Write 1,2,3 or [[1,\"a\"],[2,\"b\"]]");
    }
  }
}
