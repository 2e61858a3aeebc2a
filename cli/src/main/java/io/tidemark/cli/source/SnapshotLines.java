package io.tidemark.cli.source;

import io.tidemark.cli.verb.PipelineOptions.Format;
import io.tidemark.core.json.JsonLine;
import io.tidemark.ingest.signal.SnapshotNotice;
import io.tidemark.ingest.signal.SnapshotSignal;
import io.tidemark.ingest.signal.SnapshotTarget;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What {@code tidemark snapshot} prints while a connector reads. */
final class SnapshotLines {
  private final Format format;
  private final String table;
  private final SnapshotTarget target;
  private final SnapshotSignal signal;

  SnapshotLines(Format format, String table, SnapshotTarget target, SnapshotSignal signal) {
    this.format = format;
    this.table = table;
    this.target = target;
    this.signal = signal;
  }

  void sent() {
    print(
        "asked connector %s to read %s%s (signal %s)"
            .formatted(
                target.channel().connector(),
                target.collection(),
                signal.condition().map(c -> " where " + c).orElse(""),
                signal.id()),
        line("sent"));
  }

  void cannotFollow() {
    print(
        "not followed: the connector writes no notifications; set 'notification.enabled.channels:"
            + " sink' and 'notification.sink.topic.name' on it to see progress here",
        line("not_followed"));
  }

  void heard(SnapshotNotice notice) {
    Map<String, Object> line = line(notice.kind().name().toLowerCase(Locale.ROOT));
    notice.lastKey().ifPresent(key -> line.put("last_key", key));
    notice.greatestKey().ifPresent(key -> line.put("greatest_key", key));
    notice.rows().ifPresent(rows -> line.put("rows", rows));
    notice.status().ifPresent(status -> line.put("status", status));
    print(text(notice), line);
  }

  private String text(SnapshotNotice notice) {
    return switch (notice.kind()) {
      case STARTED -> "started";
      case IN_PROGRESS ->
          "reading: key %s of %s"
              .formatted(notice.lastKey().orElse("?"), notice.greatestKey().orElse("?"));
      case TABLE_SCAN_COMPLETED ->
          "%s: read %s rows of %s"
              .formatted(
                  notice.status().orElse("end of the table"),
                  notice.rows().map(String::valueOf).orElse("?"),
                  target.collection());
      case COMPLETED -> "completed; the rows are on their way through the topic of " + table;
      case PAUSED, RESUMED, ABORTED, OTHER -> notice.kind().name().toLowerCase(Locale.ROOT);
    };
  }

  void left() {
    print("no longer followed; the connector goes on reading", line("left"));
  }

  private Map<String, Object> line(String event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("table", table);
    line.put("collection", target.collection());
    line.put("signal", signal.id());
    line.put("event", event);
    return line;
  }

  private void print(String text, Map<String, Object> json) {
    System.out.println(format == Format.JSON ? JsonLine.of(json) : text);
    System.out.flush();
  }
}
