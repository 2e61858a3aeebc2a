package io.tidemark.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** The connectors of a sandbox, through Connect's REST API. */
public record Connectors(SandboxAddresses sandbox) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Creates a Debezium connector whose topics start with its name. */
  public void create(String name, String table, String user)
      throws IOException, InterruptedException {
    URI database = URI.create(sandbox.jdbcUrl().substring("jdbc:".length()));
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    config.put("plugin.name", "pgoutput");
    config.put("database.hostname", database.getHost());
    config.put("database.port", Integer.toString(database.getPort()));
    config.put("database.dbname", "shop");
    config.put("database.user", user);
    config.put("database.password", sandbox.password());
    config.put("topic.prefix", name);
    config.put("table.include.list", table);
    create(name, config);
  }

  /** Creates a Debezium connector on MariaDB whose topics start with its name. */
  public void createMariaDb(String name, String table, Map<String, String> settings)
      throws IOException, InterruptedException {
    URI database = URI.create(sandbox.mariadbUrl().substring("jdbc:".length()));
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", "io.debezium.connector.mariadb.MariaDbConnector");
    config.put("database.hostname", database.getHost());
    config.put("database.port", Integer.toString(database.getPort()));
    config.put("database.user", "tidemark");
    config.put("database.password", "tidemark");
    config.put("database.server.id", Integer.toString(1000 + Math.floorMod(name.hashCode(), 1000)));
    config.put("topic.prefix", name);
    config.put("table.include.list", table);
    config.put("schema.history.internal.kafka.bootstrap.servers", sandbox.bootstrapServers());
    config.put("schema.history.internal.kafka.topic", "_history." + name);
    config.putAll(settings);
    create(name, config);
  }

  private void create(String name, Map<String, String> config)
      throws IOException, InterruptedException {
    String body = JSON.writeValueAsString(Map.of("name", name, "config", config));
    HttpResponse<String> response =
        send(request("").POST(HttpRequest.BodyPublishers.ofString(body)));
    if (response.statusCode() != 201) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
  }

  /** The state of the connector's only task: RUNNING, FAILED, ...; empty text if it has none. */
  public String taskState(String name) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request("/" + name + "/status").GET());
    return JSON.readTree(response.body()).at("/tasks/0/state").asText();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(sandbox.connectUrl() + "/connectors" + path))
        .header("Content-Type", "application/json");
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
