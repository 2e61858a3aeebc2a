package io.tidemark.quality.alert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that takes messages as Slack does, and can be told to be in trouble. */
public final class WebhookServer implements AutoCloseable {
  private static final int OK = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final Queue<Integer> answers = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String refusal = "no";
  private volatile String contentType = "";
  private volatile boolean hangs;

  public WebhookServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      contentType = exchange.getRequestHeaders().getFirst("Content-Type");
      received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      if (hangs) {
        closed.await();
      }
      int status = next();
      byte[] body = (status == OK ? "ok" : refusal).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized int next() {
    return answers.isEmpty() ? OK : answers.remove();
  }

  /** The statuses of the next answers; after them, all is well. */
  public synchronized void answer(Integer... statuses) {
    answers.clear();
    answers.addAll(List.of(statuses));
  }

  /** What it says when it does not take a message. */
  public void says(String text) {
    refusal = text;
  }

  /** Answers no more. */
  public void hang() {
    hangs = true;
  }

  /** The bodies of all requests. */
  public List<String> received() {
    return List.copyOf(received);
  }

  public String contentType() {
    return contentType;
  }

  /** An address with secrets in it. */
  public String url() {
    return "http://127.0.0.1:%d/services/hunter2?sig=hunter3"
        .formatted(server.getAddress().getPort());
  }

  /** A channel that leads here, as it stands in a pipeline file. */
  public String channel() {
    return "{type: webhook, url: '" + url() + "'}";
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
