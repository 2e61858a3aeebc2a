package io.tidemark.ingest.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.spec.yaml.Secrets;
import io.tidemark.ingest.connect.ConnectClient.FieldError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads Connect's JSON into records. */
final class ConnectAnswers {
  private static final String CAUSED_BY = "Caused by: ";

  private ConnectAnswers() {}

  static Map<String, String> config(JsonNode json) {
    Map<String, String> config = new TreeMap<>();
    json.fields()
        .forEachRemaining(
            field -> {
              if (!field.getValue().isNull()) {
                config.put(field.getKey(), field.getValue().asText());
              }
            });
    return config;
  }

  static ConnectorStatus status(JsonNode json) {
    JsonNode connector = json.path("connector");
    List<ConnectorStatus.Task> tasks = new ArrayList<>();
    for (JsonNode task : json.path("tasks")) {
      tasks.add(
          new ConnectorStatus.Task(
              task.path("id").asInt(),
              task.path("state").asText(),
              task.path("worker_id").asText(),
              error(task)));
    }
    return new ConnectorStatus(
        json.path("name").asText(),
        connector.path("state").asText(),
        connector.path("worker_id").asText(),
        error(connector),
        tasks);
  }

  /**
   * The first line of the stack trace, which says where, and its innermost cause, which says why.
   */
  private static Optional<String> error(JsonNode stateful) {
    List<String> trace = stateful.path("trace").asText("").lines().toList();
    if (trace.isEmpty()) {
      return Optional.empty();
    }
    String error = trace.get(0).strip();
    Optional<String> cause =
        trace.stream()
            .filter(line -> line.startsWith(CAUSED_BY))
            .reduce((outer, inner) -> inner)
            .map(line -> line.substring(CAUSED_BY.length()).strip());
    return Optional.of(
        Secrets.withoutUserInfo(cause.map(why -> error + "; caused by " + why).orElse(error)));
  }

  /** The connectors of an answer that was expanded by info and status, by name. */
  static List<Connector> connectors(JsonNode json) {
    Map<String, Connector> connectors = new TreeMap<>();
    Iterator<Map.Entry<String, JsonNode>> entries = json.fields();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      JsonNode status = entry.getValue().path("status");
      connectors.put(
          entry.getKey(),
          new Connector(
              entry.getKey(),
              config(entry.getValue().path("info").path("config")),
              // A connector made a moment ago has none yet.
              status.has("connector") ? status(status) : unassigned(entry.getKey())));
    }
    return List.copyOf(connectors.values());
  }

  static ConnectorStatus unassigned(String name) {
    return new ConnectorStatus(name, ConnectorStatus.UNASSIGNED, "", Optional.empty(), List.of());
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    texts.sort(null);
    return texts;
  }

  static List<FieldError> fieldErrors(JsonNode validation, Map<String, String> config) {
    List<FieldError> errors = new ArrayList<>();
    for (JsonNode field : validation.path("configs")) {
      JsonNode value = field.path("value");
      for (JsonNode error : value.path("errors")) {
        errors.add(
            new FieldError(
                value.path("name").asText(),
                ConnectSecrets.redacted(error.asText(), config).strip()));
      }
    }
    return errors;
  }
}
