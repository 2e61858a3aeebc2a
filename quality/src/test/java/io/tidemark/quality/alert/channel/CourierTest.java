package io.tidemark.quality.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tidemark.core.check.Severity;
import io.tidemark.core.http.WebhookServer;
import io.tidemark.core.spec.AlertKind;
import io.tidemark.core.spec.ChannelSpec;
import io.tidemark.core.spec.PipelineFile;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of channel against the real thing: a server, a program, a file. */
class CourierTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant SINCE = Instant.parse("2026-02-03T04:05:06Z");
  private static final Patience QUICK =
      new Patience(5, Duration.ofMillis(1), Duration.ofMillis(500), Duration.ofSeconds(20));
  private static final Patience ONCE =
      new Patience(1, QUICK.firstPause(), QUICK.timeout(), QUICK.inAll());
  private static final Notice NOTICE =
      new Notice(
          Notice.Event.RAISED,
          "shop",
          AlertKind.CHECK,
          "silver.orders",
          "total <min> & \"max\"",
          Severity.ERROR,
          "Überlauf: 3 < 5",
          "tidemark status --pipeline shop.yml",
          SINCE,
          SINCE);

  @TempDir Path folder;

  private Answer deliver(String channel) throws Exception {
    return deliver(channel, QUICK);
  }

  private Answer deliver(String channel, Patience patience) throws Exception {
    Path file = folder.resolve("shop.yml");
    Files.writeString(
        file,
        "pipeline: shop\nlake: /lake\nsource: {type: files, path: /events}\n"
            + "alerts: {channels: {one: "
            + channel
            + "}}\n");
    ChannelSpec spec =
        PipelineFile.read(file, Map.of("PAGER_TOKEN", "hunter2")).alerts().channels().get("one");
    return new Courier(spec, patience).deliver(NOTICE);
  }

  @Test
  void aWebhookGetsWhatSlackTakes() throws Exception {
    try (WebhookServer server = new WebhookServer()) {
      assertThat(deliver(server.channel())).isEqualTo(new Answer.Taken("HTTP status 200: ok"));
      JsonNode message = JSON.readTree(server.received().get(0));
      assertThat(message.fieldNames()).toIterable().containsExactly("text");
      assertThat(message.get("text").asText())
          .isEqualTo(
              "*ERROR shop silver.orders: check (total &lt;min&gt; &amp; \"max\")*\n"
                  + "Überlauf: 3 &lt; 5\nSince 2026-02-03T04:05:06Z\n"
                  + "-&gt; tidemark status --pipeline shop.yml");
      assertThat(server.contentType()).isEqualTo("application/json; charset=utf-8");
    }
  }

  @Test
  void aServerInTroubleIsAskedFiveTimesAndOneThatRefusesOnce() throws Exception {
    try (WebhookServer server = new WebhookServer()) {
      server.answer(503, 429, 500, 408, 200);
      assertThat(deliver(server.channel())).isInstanceOf(Answer.Taken.class);
      assertThat(server.received()).hasSize(5);

      server.answer(500, 500, 500, 500, 500, 200);
      assertThat(deliver(server.channel()))
          .isEqualTo(new Answer.Unreachable("HTTP status 500: no"));
      assertThat(server.received()).hasSize(10);

      server.answer(404);
      assertThat(deliver(server.channel())).isEqualTo(new Answer.Refused("HTTP status 404: no"));
      server.answer(302);
      assertThat(deliver(server.channel())).isInstanceOf(Answer.Refused.class);
      assertThat(server.received()).hasSize(12);
    }
  }

  @Test
  void aServerThatHangsIsLeftAfterTheTimeout() throws Exception {
    try (WebhookServer server = new WebhookServer()) {
      server.hang();
      assertThat(deliver(server.channel(), ONCE))
          .isEqualTo(new Answer.Unreachable("no answer within 500 ms"));
    }
    assertThat(deliver("{type: webhook, url: 'http://127.0.0.1:" + freePort() + "/x'}"))
        .isEqualTo(new Answer.Unreachable("no answer: ConnectException"));
  }

  @Test
  void theAddressIsNeverRepeated() throws Exception {
    try (WebhookServer server = new WebhookServer()) {
      server.answer(404);
      server.says("no hook at /services/hunter2?sig=hunter3 of " + server.url());
      assertThat(deliver(server.channel()).text())
          .isEqualTo("HTTP status 404: no hook at [REDACTED]?[REDACTED] of [REDACTED]");
    }
  }

  @Test
  void mailArrivesWithItsUmlauts() throws Exception {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.setUser("tide@example.com", "tide", "pass word");
    mail.start();
    try {
      String server =
          "type: email, host: 127.0.0.1, port: %d, security: none, from: tide@example.com,"
              .formatted(mail.getSmtp().getPort());
      Answer sent =
          deliver("{%s to: [a@b.org, c@d.org], user: tide, password: pass word}".formatted(server));
      assertThat(sent).isEqualTo(new Answer.Taken("taken by 127.0.0.1"));
      MimeMessage[] got = mail.getReceivedMessages();
      assertThat(got).hasSize(2);
      assertThat(got[0].getSubject())
          .isEqualTo("[tidemark] ERROR shop silver.orders: check (total <min> & \"max\")");
      assertThat(got[0].getContent().toString())
          .contains("Überlauf: 3 < 5", "Since 2026-02-03T04:05:06Z");
      assertThat(got[0].getSentDate()).isEqualTo(SINCE);

      assertThat(deliver("{%s to: a@b.org, user: tide, password: hunter2}".formatted(server)))
          .isInstanceOf(Answer.Refused.class)
          .extracting(Answer::text)
          .asString()
          .startsWith("user or password refused: ")
          .doesNotContain("hunter2");
      assertThat(deliver("{" + server.replace("none", "starttls") + " to: a@b.org}").text())
          .as("nothing is said in the clear to a server without STARTTLS")
          .isEqualTo("STARTTLS is required but host does not support STARTTLS");
      assertThat(mail.getReceivedMessages()).hasSize(2);
    } finally {
      mail.stop();
    }
  }

  @Test
  void aMailServerThatIsNotTrustedOrNotThereIsNamed() throws Exception {
    GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    mail.start();
    String server =
        "{type: email, host: 127.0.0.1, port: %d, security: tls, from: a@b, to: c@d}"
            .formatted(mail.getSmtps().getPort());
    try {
      assertThat(deliver(server, ONCE))
          .as("its certificate is nobody's")
          .isInstanceOf(Answer.Unreachable.class)
          .extracting(Answer::text)
          .asString()
          .contains("127.0.0.1");
    } finally {
      mail.stop();
    }
    assertThat(deliver(server))
        .isInstanceOf(Answer.Unreachable.class)
        .extracting(Answer::text)
        .asString()
        .startsWith("Couldn't connect to host");
  }

  @Test
  void aProgramReadsTheAlertAndItsExitCodeCounts() throws Exception {
    Path script = script("cat > \"$1\"; echo said");
    Path got = folder.resolve("got.json");
    assertThat(deliver("{type: command, command: [%s, %s]}".formatted(script, got)))
        .isEqualTo(new Answer.Taken("exit code 0: said"));
    JsonNode notice = JSON.readTree(got.toFile());
    assertThat(notice.get("event").asText()).isEqualTo("raised");
    assertThat(notice.get("severity").asText()).isEqualTo("error");
    assertThat(notice.get("kind").asText()).isEqualTo("check");
    assertThat(notice.get("table").asText()).isEqualTo("silver.orders");
    assertThat(notice.get("message").asText()).isEqualTo("Überlauf: 3 < 5");
    assertThat(notice.get("since").asText()).isEqualTo("2026-02-03T04:05:06Z");

    Path fails = script("echo x >> \"$(dirname \"$0\")/tries\"; echo \"bad token $1\" >&2; exit 3");
    assertThat(deliver("{type: command, command: [%s, '${PAGER_TOKEN}']}".formatted(fails)))
        .isEqualTo(new Answer.Unreachable("exit code 3: bad token [REDACTED]"));
    assertThat(Files.readAllLines(folder.resolve("tries"))).hasSize(5);
    assertThat(deliver("{type: command, command: /no/such/program}"))
        .isInstanceOf(Answer.Refused.class);
  }

  @Test
  void aProgramThatDoesNotEndIsKilledWithItsChildren() throws Exception {
    Path pids = folder.resolve("pids");
    Path script = script("sleep 600 & echo $! > \"" + pids + "\"; wait");
    assertThat(
            deliver("{type: command, command: %s, timeout: 700ms}".formatted(script), ONCE).text())
        .isEqualTo("did not end within 700 ms, and was killed");
    long child = Long.parseLong(Files.readString(pids).strip());
    await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aFileGetsOneLineForEachAlert() throws Exception {
    Path file = folder.resolve("logs/alerts.jsonl");
    deliver("{type: file, path: %s}".formatted(file));
    assertThat(deliver("{type: file, path: %s}".formatted(file)))
        .isEqualTo(new Answer.Taken("written"));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(JSON.readTree(lines.get(1)).get("pipeline").asText()).isEqualTo("shop");
    assertThat(deliver("{type: file, path: %s}".formatted(folder)))
        .isInstanceOf(Answer.Refused.class);
  }

  private Path script(String text) throws Exception {
    Path script = Files.createTempFile(folder, "script", ".sh");
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
