package io.tidemark.ingest.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.event.DeadLetterReason;
import io.tidemark.ingest.decode.RejectedRecordException;
import io.tidemark.ingest.decode.WriterSchema;
import io.tidemark.ingest.decode.WriterSchema.Reference;
import io.tidemark.ingest.registry.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of the Confluent Schema Registry's REST API that a reader needs; Apicurio and others
 * offer it too (Confluent documentation: Schema Registry API reference).
 */
final class RegistryClient {
  /** The API's own code for an unknown id, which tells it from a wrong address. */
  private static final int SCHEMA_NOT_FOUND = 40403;

  private static final String AVRO = "AVRO";
  private static final int MOST_REFERENCES = 1000;

  private final RegistryHttp http;

  RegistryClient(RegistryAddress address) {
    this.http = new RegistryHttp(address);
  }

  /**
   * The schema of an id with all it refers to; empty if the registry has none of this id.
   *
   * @throws RegistryUnreachableException if the registry does not answer as one
   */
  Optional<WriterSchema> schema(int id) {
    String path = "/schemas/ids/" + Integer.toUnsignedString(id);
    Answer answer = http.get(path);
    if (!answer.found()) {
      requireRegistry(path, answer);
      return Optional.empty();
    }
    JsonNode body = requireSchema(path, answer);
    Map<String, Reference> references = new LinkedHashMap<>();
    addReferences(body, references, new ArrayList<>());
    return Optional.of(
        new WriterSchema(
            id,
            body.path("schemaType").asText(AVRO),
            body.get("schema").asText(),
            List.copyOf(references.values())));
  }

  /** A wrong address answers with 404 as well, and must not make dead letters of all records. */
  private void requireRegistry(String path, Answer answer) {
    if (answer.body().path("error_code").asInt() == SCHEMA_NOT_FOUND) {
      return;
    }
    Answer subjects = http.get("/subjects");
    if (!subjects.found() || !subjects.body().isArray()) {
      throw http.problem(path, "does not exist, and its root is no Confluent-compatible API", null);
    }
  }

  private JsonNode requireSchema(String path, Answer answer) {
    if (answer.body().path("schema").isTextual()) {
      return answer.body();
    }
    if (answer.body().isObject()) {
      throw new RejectedRecordException(
          null, DeadLetterReason.BAD_SCHEMA, "the registry's answer holds no schema");
    }
    throw http.problem(path, "answers with something that is no JSON object", null);
  }

  /** Depth first, so that each comes after those that it refers to itself. */
  private void addReferences(JsonNode schema, Map<String, Reference> found, List<String> within) {
    for (JsonNode reference : schema.path("references")) {
      String name = reference.path("name").asText();
      if (found.containsKey(name) || within.contains(name)) {
        continue;
      }
      if (found.size() >= MOST_REFERENCES) {
        throw http.problem("", "names more than " + MOST_REFERENCES + " referenced schemas", null);
      }
      String path =
          "/subjects/%s/versions/%s"
              .formatted(
                  URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8)
                      .replace("+", "%20"),
                  reference.path("version").asText());
      Answer answer = http.get(path);
      if (!answer.found()) {
        throw http.problem(path, "does not exist, although a schema refers to it", null);
      }
      JsonNode body = requireSchema(path, answer);
      within.add(name);
      addReferences(body, found, within);
      within.remove(name);
      found.put(name, new Reference(name, body.get("schema").asText()));
    }
  }
}
