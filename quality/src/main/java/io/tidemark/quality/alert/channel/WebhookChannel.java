package io.tidemark.quality.alert.channel;

import io.tidemark.core.spec.ChannelTarget.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts messages to an address, as Slack takes them. */
final class WebhookChannel implements Channel {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  private final URI url;
  private final Duration timeout;

  /** Follows no redirect: the message, and the secret in the address, are for this server alone. */
  private final HttpClient http;

  WebhookChannel(Webhook webhook, Duration timeout) {
    this.url = webhook.url();
    this.timeout = timeout;
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER);
    webhook.ca().ifPresent(ca -> client.sslContext(Trust.with(ca.text())));
    this.http = client.build();
  }

  @Override
  public Answer send(Notice notice) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(NoticeJson.chat(notice)))
            .build();
    // The request's own timeout ends with the headers; a body can keep one waiting, too.
    CompletableFuture<HttpResponse<String>> response =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      return answer(response.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      response.cancel(true);
      return tooLate();
    } catch (ExecutionException e) {
      return e.getCause() instanceof HttpTimeoutException
          ? tooLate()
          : new Answer.Unreachable("no answer: " + Reasons.of(e.getCause()));
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      return new Answer.Unreachable("interrupted");
    }
  }

  private Answer tooLate() {
    return new Answer.Unreachable("no answer within " + timeout.toMillis() + " ms");
  }

  private static Answer answer(HttpResponse<String> response) {
    int status = response.statusCode();
    String text = "HTTP status " + status + ": " + response.body().strip();
    if (status / 100 == 2) {
      return new Answer.Taken(text);
    }
    return status / 100 == 5 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS
        ? new Answer.Unreachable(text)
        : new Answer.Refused(text);
  }
}
