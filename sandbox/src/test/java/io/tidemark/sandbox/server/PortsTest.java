package io.tidemark.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sandbox.StateFolder;
import io.tidemark.sandbox.server.Ports.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir Path folder;

  @Test
  void eachListenerHasAPortOfItsOwn() throws IOException {
    assertThat(all(Ports.choose(state()))).doesNotHaveDuplicates().allMatch(port -> port > 0);
  }

  @Test
  void theNextStartUsesTheSamePorts() throws IOException {
    List<Integer> first = all(Ports.choose(state()));

    assertThat(all(Ports.choose(state()))).isEqualTo(first);
  }

  @Test
  void onlyATakenPortIsReplacedAndTheNewOneIsKept() throws IOException {
    Ports first = Ports.choose(state());
    Ports second;
    try (ServerSocket taken =
        new ServerSocket(first.of(Listener.KAFKA), 1, InetAddress.getLoopbackAddress())) {
      second = Ports.choose(state());
      assertThat(second.of(Listener.KAFKA)).isNotEqualTo(taken.getLocalPort());
    }

    assertThat(second.of(Listener.POSTGRESQL)).isEqualTo(first.of(Listener.POSTGRESQL));
    assertThat(second.of(Listener.CONNECT)).isEqualTo(first.of(Listener.CONNECT));
    assertThat(all(Ports.choose(state()))).isEqualTo(all(second));
  }

  @Test
  void anUnusableListIsReplaced() throws IOException {
    Files.writeString(state().ports(), "kafka=many\nconnect=70000\npostgresql=-1\n");

    assertThat(all(Ports.choose(state()))).doesNotHaveDuplicates().allMatch(port -> port > 0);
  }

  private StateFolder state() {
    return new StateFolder(folder);
  }

  private static List<Integer> all(Ports ports) {
    return Arrays.stream(Listener.values()).map(ports::of).toList();
  }
}
