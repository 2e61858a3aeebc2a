package io.tidemark.cli.source;

import io.tidemark.core.json.JsonLine;
import io.tidemark.ingest.connect.Connector;
import io.tidemark.ingest.connect.ConnectorStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connectors as text for people and as JSON for programs. */
final class ConnectorLines {
  private static final String STATUS = "%-28s %4s  %-10s  %-22s  %s";

  private ConnectorLines() {}

  static String list(Connector connector) {
    return "%-28s  %-10s  %s"
        .formatted(connector.name(), connector.status().state(), connector.type());
  }

  static String listJson(Connector connector) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("connector", connector.name());
    line.put("state", connector.status().state());
    line.put("class", connector.type());
    return JsonLine.of(line);
  }

  static String statusHeading() {
    return STATUS.formatted("CONNECTOR", "TASK", "STATE", "WORKER", "ERROR");
  }

  /** One line for the connector, and one for each of its tasks. */
  static List<String> status(ConnectorStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add(line(status.name(), "-", status.state(), status.worker(), status.error()));
    for (ConnectorStatus.Task task : status.tasks()) {
      lines.add(
          line(
              status.name(),
              Integer.toString(task.id()),
              task.state(),
              task.worker(),
              task.error()));
    }
    return lines;
  }

  private static String line(
      String name, String task, String state, String worker, Optional<String> error) {
    return STATUS
        .formatted(name, task, state, worker.isEmpty() ? "-" : worker, error.orElse(""))
        .stripTrailing();
  }

  static String statusJson(ConnectorStatus status) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("connector", status.name());
    line.put("state", status.state());
    line.put("worker", status.worker());
    line.put("error", status.error().orElse(null));
    line.put("tasks", status.tasks().stream().map(ConnectorLines::task).toList());
    return JsonLine.of(line);
  }

  private static Map<String, Object> task(ConnectorStatus.Task task) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("task", task.id());
    map.put("state", task.state());
    map.put("worker", task.worker());
    map.put("error", task.error().orElse(null));
    return map;
  }

  static String done(String name, String done) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("connector", name);
    line.put("done", done);
    return JsonLine.of(line);
  }
}
