package io.tidemark.ingest.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Questions to a registry, asked again for a few seconds when it does not answer. */
final class RegistryHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  /** Longer outages are the run's business, which can be told to stop meanwhile. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(200), Duration.ofMillis(800), Duration.ofSeconds(2));

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final RegistryAddress address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  RegistryHttp(RegistryAddress address) {
    this.address = address;
  }

  /**
   * An answer.
   *
   * @param found false for status 404
   * @param body JSON; a missing node if the answer is none
   */
  record Answer(boolean found, JsonNode body) {}

  /**
   * Asks for a path.
   *
   * @throws RegistryUnreachableException if nothing answers, or with another status than 200 or 404
   */
  Answer get(String path) {
    RegistryUnreachableException last = null;
    for (int attempt = 0; attempt <= PAUSES.size(); attempt++) {
      try {
        HttpResponse<String> response =
            http.send(request(path), BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() == OK || response.statusCode() == NOT_FOUND) {
          return new Answer(response.statusCode() == OK, json(response.body()));
        }
        last = problem(path, "answers with status " + response.statusCode(), null);
      } catch (IOException e) {
        last = problem(path, "does not answer: " + reason(e), e);
      } catch (InterruptedException e) {
        throw interrupted(path, e);
      }
      if (attempt < PAUSES.size()) {
        pause(path, PAUSES.get(attempt));
      }
    }
    throw last;
  }

  private HttpRequest request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.of(path))
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    address.authorization().ifPresent(value -> request.header("Authorization", value));
    return request.build();
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode(); // A page of a proxy: the caller says what is missing.
    }
  }

  private void pause(String path, Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(path, e);
    }
  }

  private RegistryUnreachableException interrupted(String path, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return problem(path, "was asked by a task that is to end", cause);
  }

  /** Says what is wrong with the registry's answer to a path. */
  RegistryUnreachableException problem(String path, String problem, Throwable cause) {
    return new RegistryUnreachableException(address.of(path) + " " + problem, cause);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
