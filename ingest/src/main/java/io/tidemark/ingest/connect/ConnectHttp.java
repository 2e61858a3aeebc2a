package io.tidemark.ingest.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.core.error.TidemarkException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Requests to Connect and its answers, without what they mean. */
final class ConnectHttp {
  static final ObjectMapper JSON = new ObjectMapper();

  /** For answers that Connect has at hand. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** For requests in which the connector tries its database, for which Debezium allows a minute. */
  static final Duration PATIENT_TIMEOUT = Duration.ofSeconds(75);

  private static final int CONFLICT = 409;
  private static final int SERVER_ERROR = 500;
  private static final int LONGEST_MESSAGE = 2000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI address;
  private final Optional<ConnectCredentials> credentials;
  private final Duration rebalance;
  private final ConnectErrors errors;

  /**
   * Requests to one Connect.
   *
   * @param address the API's root, without user, password and slash at its end
   * @param rebalance how long to wait in all for the workers to share out their tasks
   */
  ConnectHttp(
      URI address,
      Optional<ConnectCredentials> credentials,
      Duration rebalance,
      ConnectErrors errors) {
    this.address = address;
    this.credentials = credentials;
    this.rebalance = rebalance;
    this.errors = errors;
  }

  /**
   * A request.
   *
   * @param path from the API's root, with a slash first; its parts are encoded
   * @param body sent as JSON, if there is one
   */
  record Request(String method, String path, Optional<Object> body, Duration timeout) {
    static Request of(String method, String path) {
      return new Request(method, path, Optional.empty(), TIMEOUT);
    }

    static Request of(String method, String path, Object body) {
      return new Request(method, path, Optional.of(body), PATIENT_TIMEOUT);
    }

    @Override
    public String toString() {
      return method + " " + path; // Never the body, which may hold secrets.
    }
  }

  /** An answer of Connect, whatever its status. */
  record Answer(int status, String body) {
    /** Connect's message, or the beginning of what stands in its place. */
    String message() {
      String message = body;
      try {
        message = JSON.readTree(body).path("message").asText(body);
      } catch (JsonProcessingException e) {
        message = body; // An HTML page of a proxy, or of Connect's web server.
      }
      String text = message.strip();
      return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
    }

    boolean isMissing() {
      return status == 404;
    }

    boolean isExisting() {
      return status == CONFLICT && message().endsWith("already exists");
    }

    /** Connect says so with a conflict, and in some moments as an error of its own. */
    private boolean isRebalancing() {
      return status == CONFLICT
          ? !isExisting()
          : status == SERVER_ERROR && message().contains("rebalance is expected");
    }
  }

  /** A part of a path, with everything encoded that is special in one. */
  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Sends a request, again and again while Connect says that it is rebalancing.
   *
   * @throws TidemarkException if nothing answers, if the rebalance lasts too long, or if the
   *     credentials are refused; every other answer is the caller's
   */
  Answer send(Request request) {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_PAUSE;
    while (true) {
      Answer answer = sendOnce(request);
      if (!answer.isRebalancing()) {
        return answer;
      }
      if (waited.plus(pause).compareTo(rebalance) > 0) {
        throw errors.stillRebalancing(waited, answer.message());
      }
      pause(pause);
      waited = waited.plus(pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
  }

  private Answer sendOnce(Request request) {
    try {
      HttpResponse<String> response =
          http.send(build(request), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() == 401 || response.statusCode() == 403) {
        throw errors.unauthorized(response.statusCode());
      }
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw errors.unreachable(e, request.timeout());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpRequest build(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(address + request.path()))
            .timeout(request.timeout())
            .header("Accept", "application/json");
    credentials.ifPresent(known -> builder.header("Authorization", known.header()));
    if (request.body().isEmpty()) {
      return builder.method(request.method(), HttpRequest.BodyPublishers.noBody()).build();
    }
    return builder
        .header("Content-Type", "application/json")
        .method(request.method(), HttpRequest.BodyPublishers.ofString(text(request.body().get())))
        .build();
  }

  private static String text(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a request's body as JSON", e);
    }
  }

  private void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private TidemarkException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return errors.unreachable(new IOException("interrupted while waiting", cause), TIMEOUT);
  }

  /**
   * The JSON of an answer with status 2xx.
   *
   * @throws TidemarkException if it is none
   */
  JsonNode json(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw errors.notConnect(firstLine(answer));
    }
  }

  static String firstLine(Answer answer) {
    return answer
        .message()
        .lines()
        .findFirst()
        .orElse("nothing (HTTP status " + answer.status() + ")");
  }
}
