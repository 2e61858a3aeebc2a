package io.tidemark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
  @TempDir Path folder;

  @Test
  void aMissingFileIsAnEmptyLog() {
    ServerLog log = ServerLog.fromHere(folder.resolve("none"));

    assertThat(forwarded(log)).isEmpty();
    assertThat(log.tail()).isEmpty();
    assertThat(log.firstError()).isEmpty();
  }

  @Test
  void onlyOurOwnCompleteNewLinesAreForwardedAndEachOnce() throws IOException {
    append("T INFO  sandbox of an earlier start\n");
    ServerLog log = ServerLog.fromHere(file());

    append("T INFO  sandbox Käfka is up\nT WARN  NetworkClient broken\nT INFO  sandbox hal");
    assertThat(forwarded(log)).containsExactly("Käfka is up");

    append("f a line\nT WARN  sandbox look out\n");
    assertThat(forwarded(log)).containsExactly("half a line", "look out");
    assertThat(forwarded(log)).isEmpty();
  }

  @Test
  void theFirstErrorOfOursIsTheReason() throws IOException {
    append("T ERROR sandbox of an earlier start\n");
    ServerLog log = ServerLog.fromHere(file());

    append("T ERROR KafkaServer boom\nT ERROR sandbox Cannot start Kafka\nT ERROR sandbox more\n");

    assertThat(log.firstError()).contains("Cannot start Kafka");
  }

  @Test
  void theTailIsShortAndOfThisStart() throws IOException {
    append("earlier\n");
    ServerLog log = ServerLog.fromHere(file());
    append(IntStream.rangeClosed(1, 60).mapToObj(i -> i + "\n").collect(Collectors.joining()));

    assertThat(log.tail().lines()).hasSize(25).startsWith("36").endsWith("60");
  }

  private Path file() {
    return folder.resolve("sandbox.log");
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> forwarded(ServerLog log) {
    List<String> lines = new ArrayList<>();
    log.forward(lines::add);
    return lines;
  }
}
