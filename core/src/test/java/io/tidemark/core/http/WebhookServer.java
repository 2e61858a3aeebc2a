package io.tidemark.core.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
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
import javax.net.ssl.SSLContext;

/** A server that takes messages as Slack does, and can be told to be in trouble. */
public final class WebhookServer implements AutoCloseable {
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
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
    this(HttpServer.create(LOCAL, 0));
  }

  private WebhookServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** A server that says who it is, and listens to nobody in the clear. */
  public static WebhookServer encrypted(SSLContext identity) throws IOException {
    HttpsServer server = HttpsServer.create(LOCAL, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity));
    return new WebhookServer(server);
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
    return "%s://127.0.0.1:%d/services/hunter2?sig=hunter3"
        .formatted(server instanceof HttpsServer ? "https" : "http", server.getAddress().getPort());
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
