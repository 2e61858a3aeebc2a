package io.tidemark.cli.quarantine;

import io.tidemark.core.json.JsonLine;
import io.tidemark.merge.quarantine.QuarantineBook;
import io.tidemark.merge.quarantine.QuarantinedChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Changes in quarantine as lines for people and for programs. */
final class QuarantineLines {
  private static final String GROUP = "%-18s %-12s %-28s %-11s %8s  %-20s %s";

  private QuarantineLines() {}

  static String heading() {
    return GROUP.formatted(
        "TABLE", "REASON", "RULES", "STATE", "CHANGES", "NEWEST (UTC)", "EXAMPLE");
  }

  static String of(QuarantineBook.Group group) {
    return GROUP.formatted(
        group.table(),
        group.reason(),
        group.rules().isEmpty() ? "-" : group.rules(),
        word(group.state()),
        "%,d".formatted(group.changes()),
        shown(group.newest()),
        group.example() + ": " + group.message());
  }

  static String json(QuarantineBook.Group group) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("table", group.table());
    line.put("reason", group.reason());
    line.put("rules", group.rules().isEmpty() ? List.of() : List.of(group.rules().split(", ")));
    line.put("state", word(group.state()));
    line.put("changes", group.changes());
    line.put("newest", group.newest().toString());
    line.put("example", group.example());
    line.put("message", group.message());
    return JsonLine.of(line);
  }

  static List<String> of(QuarantinedChange change) {
    List<String> lines = new ArrayList<>();
    lines.add("key           " + change.key());
    lines.add("id            " + change.id());
    lines.add("state         " + word(change.state()));
    lines.add("reason        " + change.reason());
    if (!change.rules().isEmpty()) {
      lines.add("rules         " + String.join(", ", change.rules()));
    }
    lines.add("message       " + change.message());
    lines.add("operation     " + change.operation());
    lines.add("source time   " + change.sourceTime().map(Instant::toString).orElse("-"));
    lines.add("position      " + change.position());
    lines.add("quarantined   " + change.quarantinedAt());
    change.note().ifPresent(note -> lines.add("note          " + note));
    lines.add("row           " + (change.after() == null ? "-" : change.after()));
    lines.add("");
    return lines;
  }

  static String json(QuarantinedChange change) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("table", change.table());
    line.put("key", change.key());
    line.put("id", change.id());
    line.put("state", word(change.state()));
    line.put("reason", change.reason());
    line.put("rules", change.rules());
    line.put("message", change.message());
    line.put("operation", change.operation());
    line.put("source_time", change.sourceTime().map(Instant::toString).orElse(null));
    line.put("position", change.position());
    line.put("quarantined_at", change.quarantinedAt().toString());
    line.put("note", change.note().orElse(null));
    line.put("row", change.after());
    return JsonLine.of(line);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String shown(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
  }
}
