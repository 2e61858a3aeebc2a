package io.tidemark.ingest.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.core.schema.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Which rows of a table are read again. */
public sealed interface BackfillScope {
  /** All rows; what the lake has besides them is gone. */
  record Whole() implements BackfillScope {
    @Override
    public String json() {
      return "{}";
    }

    @Override
    public String words() {
      return "all rows";
    }
  }

  /**
   * The rows for which a condition holds; nothing is told of others.
   *
   * @param sql in the database's words, with one question mark for each parameter
   * @param parameters as texts
   */
  record Where(String sql, List<String> parameters) implements BackfillScope {
    /** Copies the parameters. */
    public Where {
      parameters = List.copyOf(parameters);
    }

    @Override
    public String json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("where", sql);
      parameters.forEach(json.putArray("parameters")::add);
      return JsonText.compact(json);
    }

    @Override
    public String words() {
      return "rows where " + sql + (parameters.isEmpty() ? "" : " with " + parameters);
    }
  }

  /**
   * The rows with some keys; those that are not found are deletes.
   *
   * @param keys of each row the values of the key's columns, in their order, as texts
   */
  record Keys(List<List<String>> keys) implements BackfillScope {
    /** Copies the keys. */
    public Keys {
      keys = keys.stream().map(List::copyOf).toList();
    }

    @Override
    public String json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      ArrayNode all = json.putArray("keys");
      keys.forEach(key -> key.forEach(all.addArray()::add));
      return JsonText.compact(json);
    }

    @Override
    public String words() {
      return keys.size() + " keys";
    }
  }

  /** As compact JSON, which {@link #parse} reads. */
  String json();

  /** The scope of a text that {@link #json} made. */
  static BackfillScope parse(String json) {
    try {
      JsonNode scope = new ObjectMapper().readTree(json);
      if (scope.has("where")) {
        return new Where(scope.get("where").asText(), texts(scope.path("parameters")));
      }
      if (!scope.has("keys")) {
        return new Whole();
      }
      List<List<String>> keys = new ArrayList<>();
      scope.get("keys").forEach(key -> keys.add(texts(key)));
      return new Keys(keys);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Invalid scope of a backfill: " + json, e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** What it says, for people. */
  String words();
}
