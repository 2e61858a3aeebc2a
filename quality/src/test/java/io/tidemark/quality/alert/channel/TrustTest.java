package io.tidemark.quality.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.core.check.Severity;
import io.tidemark.core.http.LocalAuthority;
import io.tidemark.core.http.WebhookServer;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.PipelineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose certificates only the pipeline file makes trustworthy, and what they then get. */
class TrustTest {
  private static final Patience ONCE =
      new Patience(1, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(20));
  private static final Notice NOTICE =
      new Notice(
          Notice.Event.RAISED,
          "shop",
          AlertKind.CHECK,
          "silver.orders",
          "total",
          Severity.ERROR,
          "3 < 5",
          "tidemark status",
          Instant.EPOCH,
          Instant.EPOCH);

  @TempDir private static Path keys;
  private static LocalAuthority authority;

  @TempDir private Path folder;

  @BeforeAll
  static void makeAuthority() throws Exception {
    authority = new LocalAuthority(keys);
  }

  private Answer deliver(String channel) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("shop.yml"),
            "pipeline: shop\nlake: /lake\nsource: {type: files, path: /events}\n"
                + "alerts: {channels: {one: {%s}}}\n".formatted(channel));
    return new Courier(PipelineFile.read(file, Map.of()).alerts().channels().get("one"), ONCE)
        .deliver(NOTICE);
  }

  private static String ca() {
    return ", ca: " + authority.certificates();
  }

  @Test
  void aWebhookIsTrustedByItsAuthorityAndByNothingLess() throws Exception {
    try (WebhookServer server = WebhookServer.encrypted(authority.identity())) {
      String channel = "type: webhook, url: '" + server.url() + "'";
      assertThat(deliver(channel))
          .isInstanceOf(Answer.Unreachable.class)
          .extracting(Answer::text)
          .asString()
          .contains("unable to find valid certification path")
          .doesNotContain("hunter");
      assertThat(server.received()).isEmpty();

      assertThat(deliver(channel + ca())).isEqualTo(new Answer.Taken("HTTP status 200: ok"));
      assertThat(server.received()).hasSize(1);

      String elsewhere = channel.replace("127.0.0.1", "127.0.0.2");
      assertThat(deliver(elsewhere + ca()))
          .as("its certificate is for another address")
          .isInstanceOf(Answer.Unreachable.class);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void mailIsSentAfterStartTlsToAServerThatIsTrustedOnly() throws Exception {
    try (MailServer server = MailServer.withStartTls(authority.identity())) {
      String channel =
          "type: email, host: localhost, port: %d, from: a@b.org, to: c@d.org"
              .formatted(server.port());
      assertThat(deliver(channel)).isInstanceOf(Answer.Unreachable.class);
      assertThat(server.sealed()).isEmpty();

      assertThat(deliver(channel + ca())).isEqualTo(new Answer.Taken("taken by localhost"));
      assertThat(server.sealed())
          .contains("MAIL FROM:<a@b.org>", "RCPT TO:<c@d.org>")
          .contains("Subject: [tidemark] ERROR shop silver.orders: check (total)", "3 < 5");
      assertThat(server.clear())
          .as("nothing but the wish to encrypt")
          .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS"));

      assertThat(deliver(channel.replace("localhost", "127.0.0.2") + ca()))
          .as("its certificate is for another address")
          .isInstanceOf(Answer.Unreachable.class);
    }
  }

  @Test
  void mailIsSentEncryptedFromTheFirstByte() throws Exception {
    try (MailServer server = MailServer.encrypted(authority.identity())) {
      String channel =
          "type: email, host: localhost, security: tls, port: %d, from: a@b.org, to: c@d.org"
              .formatted(server.port());
      assertThat(deliver(channel)).isInstanceOf(Answer.Unreachable.class);
      assertThat(server.sealed()).isEmpty();
      assertThat(deliver(channel + ca())).isEqualTo(new Answer.Taken("taken by localhost"));
      assertThat(server.sealed()).contains("MAIL FROM:<a@b.org>", "3 < 5");
      assertThat(server.clear()).isEmpty();
    }
  }
}
