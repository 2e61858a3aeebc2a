package io.tidemark.cli.query;

import io.tidemark.core.schema.LakeField;
import io.tidemark.merge.silver.SchemaReport;
import io.tidemark.merge.silver.SchemaReport.Difference;
import io.tidemark.merge.silver.SchemaReport.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table's schemas for people and for programs. */
record SchemaLines(SchemaReport report) {

  String show() {
    StringBuilder text = new StringBuilder(report.table()).append('\n');
    List<Version> history = report.history();
    for (int i = history.size() - 1; i >= 0; i--) {
      Version version = history.get(i);
      text.append(
          "  source, since %s (%s), key %s%n"
              .formatted(
                  version.firstSeen(), version.fingerprint().substring(0, 8), version.key()));
      if (i == history.size() - 1) {
        version.columns().forEach(column -> text.append(line(column)));
      }
    }
    text.append(report.lake().isEmpty() ? "  lake: no table yet\n" : "  lake\n");
    report.lake().forEach(column -> text.append(line(column)));
    return text.toString();
  }

  private static String line(LakeField column) {
    return "    %-30s %s%n".formatted(column.name(), column.type().ddl());
  }

  String diff() {
    StringBuilder text = new StringBuilder();
    if (report.differences().isEmpty()) {
      text.append(report.lake().isEmpty() ? "%s: no table yet%n" : "%s: no difference%n");
      return text.toString().formatted(report.table()) + blocked();
    }
    for (Difference difference : report.differences()) {
      text.append(
          "%s: %-12s %-30s source %-16s lake %-16s -> %s%n"
              .formatted(
                  report.table(),
                  difference.change(),
                  difference.column(),
                  difference.source().orElse("-"),
                  difference.lake().orElse("-"),
                  difference.action()));
    }
    return text + blocked();
  }

  private String blocked() {
    return report.blocked().map(why -> "%s: HELD: %s%n".formatted(report.table(), why)).orElse("");
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("table", report.table());
    map.put("source", report.history().stream().map(SchemaLines::map).toList());
    map.put("lake", columns(report.lake()));
    map.put("differences", report.differences().stream().map(SchemaLines::map).toList());
    map.put("held", report.blocked().orElse(null));
    return map;
  }

  private static Map<String, Object> map(Version version) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("fingerprint", version.fingerprint());
    map.put("first_seen", version.firstSeen().toString());
    map.put("key", version.key());
    map.put("columns", columns(version.columns()));
    return map;
  }

  private static Map<String, String> columns(List<LakeField> fields) {
    Map<String, String> columns = new LinkedHashMap<>();
    fields.forEach(field -> columns.put(field.name(), field.type().ddl()));
    return columns;
  }

  private static Map<String, Object> map(Difference difference) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("column", difference.column());
    map.put("change", difference.change());
    map.put("source", difference.source().orElse(null));
    map.put("lake", difference.lake().orElse(null));
    map.put("action", difference.action());
    return map;
  }
}
