package io.tidemark.ingest.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers as told, for what a real Connect does not do on demand. */
final class FakeConnect implements AutoCloseable {
  private record Answer(int status, String body) {}

  private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  FakeConnect() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Adds an answer to a request such as "GET /connectors"; the last one is given for ever. */
  FakeConnect answers(String request, int status, String body) {
    answers
        .computeIfAbsent(request, r -> new ConcurrentLinkedQueue<>())
        .add(new Answer(status, body));
    return this;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A client that waits no longer than this for a rebalance. */
  ConnectClient client(Duration rebalance) {
    return new ConnectClient(address(), Optional.empty(), rebalance);
  }

  ConnectClient client() {
    return client(Duration.ofSeconds(5));
  }

  List<String> requests() {
    return requests;
  }

  List<String> authorizations() {
    return authorizations;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    requests.add(request);
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    Queue<Answer> left = answers.getOrDefault(request, new ConcurrentLinkedQueue<>());
    Answer answer = left.size() > 1 ? left.poll() : left.peek();
    if (answer == null) {
      answer = new Answer(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
