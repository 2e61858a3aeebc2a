package io.tidemark.ingest.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.ingest.connect.ConnectHttp.Answer;
import io.tidemark.ingest.connect.ConnectHttp.Request;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks a Kafka Connect about its connectors, and tells it what to do with them.
 *
 * <p>Every call ends within seconds, or, where a connector tries its database, within little more
 * than a minute; while the workers share out their tasks anew it is repeated for up to half a
 * minute. All calls throw {@link TidemarkException}: exit code 4 if Connect cannot be reached, is
 * busy or fails, 2 if it refuses. Safe to share between threads.
 */
public final class ConnectClient {
  private static final Duration REBALANCE = Duration.ofSeconds(30);
  private static final String CONNECTORS = "/connectors";
  private static final int CREATED = 201;

  private final URI address;
  private final ConnectErrors errors;
  private final ConnectHttp http;

  /**
   * What a connector has against one of its settings.
   *
   * @param field the setting's key
   * @param message what is wrong, in the connector's words, without the values of secrets
   */
  public record FieldError(String field, String message) {}

  ConnectClient(URI base, Optional<ConnectCredentials> credentials, Duration rebalance) {
    this.address = withoutUserInfo(base);
    this.errors = new ConnectErrors(address);
    this.http = new ConnectHttp(address, credentials, rebalance, errors);
  }

  /**
   * A client of the REST API at an address; does not connect yet.
   *
   * @param base the API's root, http or https, such as {@code http://connect:8083}
   * @param credentials for HTTP basic authentication
   */
  public static ConnectClient at(URI base, Optional<ConnectCredentials> credentials) {
    return new ConnectClient(base, credentials, REBALANCE);
  }

  private static URI withoutUserInfo(URI base) {
    String text = base.toString().replaceAll("/+$", "");
    return URI.create(
        base.getRawUserInfo() == null ? text : text.replace(base.getRawUserInfo() + "@", ""));
  }

  /** The API's root, without user, password and slash at its end. */
  public URI address() {
    return address;
  }

  /** The version of Connect, and the Kafka cluster it works for. */
  public ConnectCluster cluster() {
    Answer answer = http.send(Request.of("GET", "/"));
    JsonNode json = http.json(answer);
    if (answer.status() != 200 || !json.has("kafka_cluster_id")) {
      throw errors.notConnect(ConnectHttp.firstLine(answer));
    }
    return new ConnectCluster(
        json.path("version").asText(), json.path("kafka_cluster_id").asText());
  }

  /** The names of all connectors, sorted. */
  public List<String> names() {
    JsonNode names = done(Request.of("GET", CONNECTORS));
    if (!names.isArray()) {
      throw errors.notConnect(names.toString());
    }
    return ConnectAnswers.texts(names);
  }

  /** All connectors with settings and status, by name. */
  public List<Connector> connectors() {
    return ConnectAnswers.connectors(
        done(Request.of("GET", CONNECTORS + "?expand=info&expand=status")));
  }

  /** The settings of a connector as they were given; they may hold secrets. */
  public Map<String, String> config(String name) {
    return find(name).orElseThrow(() -> errors.noSuchConnector(name, names()));
  }

  private Optional<Map<String, String>> find(String name) {
    Request request = Request.of("GET", path(name) + "/config");
    Answer answer = http.send(request);
    return answer.isMissing()
        ? Optional.empty()
        : Optional.of(ConnectAnswers.config(json(request, answer, Map.of())));
  }

  /** How a connector and its tasks are. */
  public ConnectorStatus status(String name) {
    Request request = Request.of("GET", path(name) + "/status");
    Answer answer = http.send(request);
    if (answer.isMissing()) {
      requireExists(name);
      return ConnectAnswers.unassigned(name); // Made a moment ago.
    }
    return ConnectAnswers.status(json(request, answer, Map.of()));
  }

  /**
   * What a connector of the class {@code connector.class} has against the settings; it tries its
   * database for that.
   *
   * @throws TidemarkException with exit code 2 if Connect has no such class
   */
  public List<FieldError> validate(String name, Map<String, String> config) {
    String type = config.getOrDefault("connector.class", "");
    if (type.isBlank()) {
      return List.of(new FieldError("connector.class", "is missing"));
    }
    String path = "/connector-plugins/" + ConnectHttp.encoded(type) + "/config/validate";
    Request request = Request.of("PUT", path, named(name, config));
    Answer answer = http.send(request);
    if (answer.status() >= 400 && !plugins().contains(type) && isUnknownClass(answer)) {
      throw errors.noSuchPlugin(type, plugins());
    }
    return ConnectAnswers.fieldErrors(json(request, answer, config), config);
  }

  private static boolean isUnknownClass(Answer answer) {
    return answer.message().contains("Failed to find any class");
  }

  /** The classes of connectors that can be created, sorted. */
  public List<String> plugins() {
    return done(Request.of("GET", "/connector-plugins")).findValuesAsText("class").stream()
        .sorted()
        .toList();
  }

  /**
   * Makes a new connector.
   *
   * @throws TidemarkException with exit code 2 if there is one of this name, or if it refuses the
   *     settings; then it names each with what is wrong
   */
  public void create(String name, Map<String, String> config) {
    requireValid(name, config);
    Map<String, Object> body = Map.of("name", name, "config", named(name, config));
    Request request = Request.of("POST", CONNECTORS, body);
    Answer answer = http.send(request);
    if (answer.isExisting()) {
      throw errors.exists(name);
    }
    json(request, answer, config);
  }

  /**
   * Makes sure that there is a connector with these settings; doing it twice changes nothing.
   *
   * @throws TidemarkException with exit code 2 if it refuses the settings; names each with what is
   *     wrong
   */
  public Applied put(String name, Map<String, String> config) {
    Map<String, String> wanted = named(name, config);
    Optional<Map<String, String>> found = find(name);
    if (found.isPresent() && found.get().equals(wanted)) {
      return new Applied(Applied.Kind.UNCHANGED, List.of());
    }
    requireValid(name, config);
    Request request = Request.of("PUT", path(name) + "/config", wanted);
    Answer answer = http.send(request);
    json(request, answer, config);
    return answer.status() == CREATED || found.isEmpty()
        ? new Applied(Applied.Kind.CREATED, List.of())
        : new Applied(Applied.Kind.UPDATED, differences(found.get(), wanted));
  }

  private static List<String> differences(Map<String, String> before, Map<String, String> after) {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(key -> before.containsKey(key) && before.get(key).equals(after.get(key)));
    return List.copyOf(keys);
  }

  private void requireValid(String name, Map<String, String> config) {
    List<FieldError> found = validate(name, config);
    if (!found.isEmpty()) {
      throw errors.invalidConfig(name, found);
    }
  }

  /** Stops reading the source until {@link #resume}; tasks stay where they are. */
  public void pause(String name) {
    act(name, Request.of("PUT", path(name) + "/pause"));
  }

  /** Goes on after {@link #pause} or {@link #stop}. */
  public void resume(String name) {
    act(name, Request.of("PUT", path(name) + "/resume"));
  }

  /**
   * Ends the connector's tasks, and keeps its settings and offsets.
   *
   * @throws TidemarkException with exit code 2 if Connect is older than 3.5, which cannot do that
   */
  public void stop(String name) {
    Request request = Request.of("PUT", path(name) + "/stop");
    Answer answer = http.send(request);
    if (answer.isMissing() || answer.status() == 405) {
      requireExists(name);
      throw errors.cannotStop(cluster().version());
    }
    json(request, answer, Map.of());
  }

  /** Restarts the connector if it has failed, and those of its tasks that have; no others. */
  public void restart(String name) {
    act(name, Request.of("POST", path(name) + "/restart?includeTasks=true&onlyFailed=true"));
  }

  /** Removes the connector; topics stay, and in the database a replication slot does, too. */
  public void delete(String name) {
    act(name, Request.of("DELETE", path(name)));
  }

  private void act(String name, Request request) {
    Answer answer = http.send(request);
    if (answer.isMissing()) {
      requireExists(name);
    }
    json(request, answer, Map.of());
  }

  private void requireExists(String name) {
    List<String> existing = names();
    if (!existing.contains(name)) {
      throw errors.noSuchConnector(name, existing);
    }
  }

  private JsonNode done(Request request) {
    return json(request, http.send(request), Map.of());
  }

  /** The JSON of a successful answer, missing if it has none; other answers become errors. */
  private JsonNode json(Request request, Answer answer, Map<String, String> secrets) {
    if (answer.status() >= 300) {
      String message = ConnectSecrets.redacted(answer.message(), secrets);
      throw errors.refused(request.toString(), answer.status(), message);
    }
    return http.json(answer);
  }

  private static Map<String, String> named(String name, Map<String, String> config) {
    Map<String, String> named = new TreeMap<>(config);
    named.put("name", name); // Connect adds it itself, and gives it back.
    return named;
  }

  private static String path(String name) {
    return CONNECTORS + "/" + ConnectHttp.encoded(name);
  }
}
