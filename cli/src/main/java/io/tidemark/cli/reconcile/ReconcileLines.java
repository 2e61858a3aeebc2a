package io.tidemark.cli.reconcile;

import io.tidemark.quality.reconcile.Difference;
import io.tidemark.quality.reconcile.KeyDifference;
import io.tidemark.quality.reconcile.TableReconcile.Found;
import io.tidemark.quality.reconcile.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a comparison found, for people and for programs. */
record ReconcileLines(String runId, Verdict verdict) {
  private static final int SHOWN = 20;

  String text() {
    Found first = verdict.first();
    StringBuilder text = new StringBuilder();
    text.append(
        switch (verdict.outcome()) {
          case EQUAL ->
              "%s: %sequal to its source as of %s, %,d rows, %d columns, %,d bytes moved%n"
                  .formatted(
                      first.table(),
                      first.sample().isAll() ? "" : "in a sample ",
                      first.at().truncatedTo(ChronoUnit.SECONDS),
                      first.sourceRows(),
                      first.columns(),
                      first.moved());
          case DIFFERENT ->
              "%s: DIFFERS in %,d of %,d rows (%,d in the lake); run %s%n"
                  .formatted(
                      first.table(),
                      verdict.differing(),
                      first.sourceRows(),
                      first.lakeRows(),
                      runId);
          case UNKNOWN ->
              ("%s: could not be compared: %,d rows differ, and the pipeline has not passed %s yet;"
                      + " run it, or add --run%n")
                  .formatted(
                      first.table(),
                      verdict.differing(),
                      first.at().truncatedTo(ChronoUnit.SECONDS));
        });
    if (verdict.onTheWay() > 0) {
      text.append("  %,d more rows were on their way%n".formatted(verdict.onTheWay()));
    }
    first
        .leftOut()
        .forEach((column, why) -> text.append("  not compared: %s, %s%n".formatted(column, why)));
    verdict.differences().stream().limit(SHOWN).forEach(one -> text.append(line(one)));
    if (verdict.differing() > SHOWN) {
      text.append("  ... and %,d more%n".formatted(verdict.differing() - SHOWN));
    }
    return text.toString();
  }

  private static String line(KeyDifference one) {
    String key = one.key().toString();
    return switch (one.kind()) {
      case MISSING_IN_LAKE -> "  %s is in the source only%n".formatted(key);
      case MISSING_IN_SOURCE -> "  %s is in the lake only%n".formatted(key);
      case REPEATED_IN_LAKE -> "  %s is in the lake more than once%n".formatted(key);
      case DIFFERENT -> {
        StringBuilder cells = new StringBuilder();
        for (Difference.Cell cell : one.cells()) {
          cells.append(
              "  %s, %s: %s in the source, %s in the lake%n"
                  .formatted(key, cell.column(), cell.source(), cell.lake()));
        }
        yield cells.toString();
      }
    };
  }

  Map<String, Object> asMap() {
    Found first = verdict.first();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", runId);
    map.put("table", first.table());
    map.put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
    map.put("as_of", first.at().toString());
    map.put("silver_version", first.lakeVersion());
    map.put("sampled", !first.sample().isAll());
    map.put("source_rows", first.sourceRows());
    map.put("lake_rows", first.lakeRows());
    map.put("columns", first.columns());
    map.put("not_compared", first.leftOut());
    map.put("differing", verdict.differing());
    map.put("on_the_way", verdict.onTheWay());
    map.put("moved_bytes", first.moved());
    List<Map<String, Object>> differences = new ArrayList<>();
    for (KeyDifference one : verdict.differences()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("kind", one.kind().name().toLowerCase(Locale.ROOT));
      entry.put("key", one.key());
      List<Map<String, String>> cells = new ArrayList<>();
      one.cells()
          .forEach(
              cell ->
                  cells.add(
                      Map.of(
                          "column", cell.column(), "source", cell.source(), "lake", cell.lake())));
      entry.put("columns", cells);
      differences.add(entry);
    }
    map.put("differences", differences);
    return map;
  }
}
