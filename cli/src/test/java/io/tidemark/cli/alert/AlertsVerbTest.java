package io.tidemark.cli.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.fixture.Console;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs raise alerts, also those that end before they are done; the verbs show and try. */
class AlertsVerbTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private String pipeline(String source, String alerts) throws IOException {
    return Files.writeString(
            folder.resolve("shop.yml"),
            "pipeline: shop\nlake: %s\nsource: {%s}\nalerts: {%s}\n"
                .formatted(folder.resolve("lake"), source, alerts))
        .toString();
  }

  private String files(String path) throws IOException {
    return pipeline(
            "type: files, path: '" + folder.resolve(path) + "'",
            "freshness: 1h, channels: {log: {type: file, path: " + folder + "/alerts}}")
        .toString();
  }

  private List<String> told() throws IOException {
    List<String> told = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("alerts"))) {
      JsonNode notice = JSON.readTree(line);
      told.add(notice.get("event").asText() + " " + notice.get("kind").asText());
    }
    return told;
  }

  @Test
  void aRunRaisesAlertsAndTheListShowsThem() throws IOException {
    Path events = Files.createDirectories(folder.resolve("events"));
    String order =
        "{\"topic\":\"t\",\"partition\":0,\"offset\":%d,\"key\":{\"id\":1},\"value\":%s}\n";
    String change =
        "{\"op\":\"u\",\"after\":{\"id\":1},\"source\":{\"connector\":\"postgresql\",\"db\":\"shop\","
            + "\"schema\":\"public\",\"table\":\"orders\",\"lsn\":1,\"ts_ms\":1767225600000}}";
    Files.writeString(
        events.resolve("1.ndjson"),
        order.formatted(1, change) + order.formatted(2, "{\"op\":\"?\"}"));

    Console run = Console.run("run", "--once", "--pipeline", files("events"));

    assertThat(run.code()).as(run.err()).isEqualTo(6);
    assertThat(told()).containsExactlyInAnyOrder("raised dead-letters", "raised freshness");
    Console lost = Console.run("run", "--once", "--pipeline", files("nowhere"));
    assertThat(lost.code()).as("another source: " + lost.err()).isEqualTo(2);
    assertThat(told()).hasSize(3).last().isEqualTo("raised run");

    Console list = Console.run("alerts", "list", "--pipeline", files("events"));
    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out())
        .contains("warn     dead-letters *")
        .contains("  1 of 2 records could not be decoded lately, more than 1%")
        .contains("error    freshness    silver.orders")
        .contains("error    run          * (run)")
        .contains("  log: told at 20");
  }

  @Test
  void aSourceThatIsNotThereIsToldOfBeforeAnyLakeIs() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String file =
        pipeline(
            "type: jdbc, url: 'jdbc:postgresql://127.0.0.1:%d/shop', user: u, password: hunter2}\ntables: {orders: {watermark: xmin}"
                .formatted(port),
            "channels: {log: {type: file, path: " + folder + "/alerts}}");
    assertThat(Console.run("ingest", "--pipeline", file).code()).isEqualTo(4);
    assertThat(told()).containsExactly("raised run");
    assertThat(Files.readString(folder.resolve("alerts")))
        .contains("tidemark ingest ended before it was done: Cannot connect to jdbc:postgresql:")
        .doesNotContain("hunter2");
  }

  @Test
  void everyChannelCanBeTried() throws IOException {
    String source = "type: files, path: /events";
    String file =
        pipeline(
            source,
            "channels: {log: {type: file, path: %s/alerts}, pager: {type: command, command: /no/pager}}"
                .formatted(folder));
    Console tried = Console.run("alerts", "test", "--pipeline", file);
    assertThat(tried.code()).isEqualTo(4);
    assertThat(tried.out())
        .contains("log              file     ok     written")
        .contains("pager            command  FAILED Cannot run program \"/no/pager\"");
    assertThat(told()).containsExactly("test run");

    Console none = Console.run("alerts", "test", "--pipeline", pipeline(source, ""));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("Cannot try the channels of pipeline 'shop'");
  }
}
