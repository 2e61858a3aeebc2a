package io.tidemark.cli.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.fixture.CheckedPipeline;
import io.tidemark.cli.fixture.Console;
import io.tidemark.core.http.WebhookServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;

/** Alerts of checks outside of runs that end: by the verb, and while a continuous run lives. */
class LiveAlertsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AMOUNTS = "amounts: {type: completeness, column: amount}";
  private static final String LOOSER = "amounts: {type: size, at-least: 1}";
  private static final String COUNT = "count: {type: source-count, severity: warn}";

  @TempDir Path folder;

  /** What the channel was told since the last time it was asked. */
  private List<String> told() throws IOException {
    Path log = folder.resolve("alerts");
    List<String> told = new ArrayList<>();
    for (String line : Files.exists(log) ? Files.readAllLines(log) : List.<String>of()) {
      JsonNode notice = JSON.readTree(line);
      told.add(
          "%s %s %s %s"
              .formatted(
                  notice.get("event").asText(),
                  notice.get("severity").asText(),
                  notice.get("kind").asText(),
                  notice.get("check").asText()));
    }
    Files.deleteIfExists(log);
    return told;
  }

  @Test
  void theVerbRaisesAndResolvesAsARunDoes() throws IOException {
    CheckedPipeline pipeline =
        CheckedPipeline.in(
            folder, AMOUNTS, "channels: {log: {type: file, path: " + folder + "/alerts}}");
    pipeline.change(1, 1, "null");
    assertThat(pipeline.run("ingest").code()).isZero();
    assertThat(pipeline.run("run", "--once").code()).isEqualTo(3);
    assertThat(told()).contains("raised error check amounts");

    pipeline.checks(LOOSER + ", " + COUNT);
    Console thrown = pipeline.run("quality", "--table", "silver.orders");
    assertThat(thrown.code()).as(thrown.err()).isEqualTo(3);
    assertThat(thrown.out()).contains("could not be computed");
    assertThat(told())
        .as("a check that cannot be computed is an error, whatever its severity")
        .containsExactlyInAnyOrder("resolved error check amounts", "raised error check count");

    pipeline.checks("amounts: {type: completeness, column: amuont}");
    assertThat(pipeline.run("quality").code()).isEqualTo(2);
    assertThat(told()).containsExactly("raised error run quality");

    pipeline.checks(LOOSER);
    Console good = pipeline.run("quality");
    assertThat(good.code()).as(good.err()).isZero();
    assertThat(told())
        .containsExactlyInAnyOrder("resolved error check count", "resolved error run quality");
  }

  @Test
  void aContinuousRunTellsWhileItLives() throws Exception {
    try (WebhookServer server = new WebhookServer()) {
      CheckedPipeline pipeline =
          CheckedPipeline.in(folder, AMOUNTS, "channels: {chat: " + server.channel() + "}");
      pipeline.change(1, 1, "null");
      CompletableFuture<Console> run =
          CompletableFuture.supplyAsync(() -> pipeline.run("run", "--continuous"));

      heard(server, run, "*ERROR shop silver.orders: check (amounts)*");
      await().atMost(Duration.ofMinutes(1)).until(() -> !pipeline.pages().isEmpty());
      assertThat(Files.readString(pipeline.pages().get(0)))
          .contains("<title>Quality of shop: fail</title>");

      pipeline.change(2, 1, "7");
      heard(server, run, "*RESOLVED shop silver.orders: check (amounts)*");

      Signal.raise(new Signal("TERM"));
      Console ended = run.get(2, TimeUnit.MINUTES);
      assertThat(ended.code()).as(ended.err()).isZero();
      List<Path> pages = pipeline.pages();
      assertThat(ended.out().lines().filter(line -> line.startsWith("report: ")))
          .hasSameSizeAs(pages);
      assertThat(pages).first().asString().endsWith("-1.html");
      assertThat(Files.readString(pages.get(pages.size() - 1)))
          .as("the newest page tells how it ended")
          .contains("<title>Quality of shop: pass</title>");
      assertThat(pages).as("and none was written without need").hasSizeLessThan(4);
      assertThat(server.received()).filteredOn(text -> text.contains("(amounts)")).hasSize(2);
    }
  }

  private static void heard(WebhookServer server, CompletableFuture<Console> run, String headline) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                run.isDone()
                    || server.received().stream().anyMatch(text -> text.contains(headline)));
    assertThat(run).as("the run lives").isNotDone();
  }
}
