package io.tidemark.ingest.connect;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A connector in a JSON file: {@code {"name": ..., "config": {...}}}, the form that Connect's REST
 * API takes, or only the settings.
 *
 * @param name the connector's name
 * @param config its settings with the environment's variables put in; may hold secrets
 */
public record ConnectorFile(String name, Map<String, String> config) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Keeps a sorted copy of the settings. */
  public ConnectorFile {
    config = new TreeMap<>(config);
  }

  /**
   * Reads a connector's file.
   *
   * @param name the connector's name; without one, the {@code name} in the file
   * @param environment the variables that <code>${NAME}</code> and <code>${NAME:default}</code> in
   *     it stand for; <code>${file:...}</code> and everything else with a word of small letters
   *     before the colon is left for Connect's own config providers, and <code>$${</code> is a
   *     plain <code>${</code>
   * @throws TidemarkException with exit code 2, naming everything that is wrong with the file
   */
  public static ConnectorFile read(
      Path file, Optional<String> name, Map<String, String> environment) {
    JsonNode root = parse(file);
    boolean named = root.path("config").isObject();
    JsonNode settings = named ? root.get("config") : root;
    List<String> problems = new ArrayList<>();
    if (named) {
      root.fieldNames()
          .forEachRemaining(
              key -> {
                if (!key.equals("name") && !key.equals("config")) {
                  problems.add(key + ": stands beside 'config', where only 'name' may");
                }
              });
    }
    Map<String, String> config = config(settings, new Placeholders(environment), problems);
    Optional<String> chosen = name.or(() -> text(root, "name")).or(() -> text(settings, "name"));
    if (chosen.isEmpty() || chosen.get().isBlank()) {
      problems.add("name: is missing; write \"name\": \"...\" into the file, or pass --name");
    }
    if (!problems.isEmpty()) {
      throw Errors.configuration(
          "Invalid connector file %s:\n  %s".formatted(file, String.join("\n  ", problems)),
          "Correct the keys named above; nothing was sent to Connect");
    }
    return new ConnectorFile(chosen.orElseThrow(), config);
  }

  private static Optional<String> text(JsonNode object, String key) {
    return Optional.ofNullable(object.get(key)).map(JsonNode::asText);
  }

  private static JsonNode parse(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      if (!root.isObject()) {
        throw invalid(file, "it is no JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place =
          at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
      throw invalid(file, place + e.getOriginalMessage());
    } catch (NoSuchFileException e) {
      throw invalid(file, "there is no such file");
    } catch (IOException e) {
      throw invalid(file, "it cannot be read: " + e);
    }
  }

  private static TidemarkException invalid(Path file, String problem) {
    return Errors.configuration(
        "Invalid connector file %s: %s".formatted(file, problem),
        "Name a JSON file with {\"name\": \"...\", \"config\": {\"connector.class\": \"...\"}}");
  }

  private static Map<String, String> config(
      JsonNode settings, Placeholders placeholders, List<String> problems) {
    Map<String, String> config = new TreeMap<>();
    settings
        .fields()
        .forEachRemaining(
            setting -> {
              if (setting.getValue().isContainerNode()) {
                problems.add(setting.getKey() + ": is an object or a list, not a text");
              } else if (!setting.getValue().isNull()) {
                placeholders
                    .resolve(setting.getKey(), setting.getValue().asText(), problems)
                    .ifPresent(value -> config.put(setting.getKey(), value));
              }
            });
    return config;
  }

  /** The name and the settings without secrets. */
  @Override
  public String toString() {
    return name + " " + ConnectSecrets.printable(config);
  }
}
