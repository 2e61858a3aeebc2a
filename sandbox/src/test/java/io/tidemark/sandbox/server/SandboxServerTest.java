package io.tidemark.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sandbox.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxServerTest {
  @TempDir Path folder;

  @Test
  void anErrorIsToldWithAllItsReasonsAndNoneTwice() {
    IOException root = new IOException("no space\nleft");
    RuntimeException error = new RuntimeException("Cannot start", new UncheckedIOException(root));

    assertThat(SandboxServer.reasons(error))
        .isEqualTo("Cannot start, because java.io.IOException: no space left");
    assertThat(SandboxServer.reasons(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void aPortTakenAfterItWasChosenIsNamed() throws IOException {
    StateFolder state = new StateFolder(folder);
    Ports ports = Ports.choose(state);
    try (ServerSocket taken = occupied(ports, Ports.Listener.KAFKA)) {
      assertThatThrownBy(() -> KafkaBroker.start(state, ports))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Cannot start Kafka at 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void aDatabaseThatCannotStartPointsToItsOwnLog() throws IOException {
    StateFolder state = new StateFolder(folder);
    Files.writeString(state.postgresPrograms(), "a file where a folder must be");

    assertThatThrownBy(() -> PostgresServer.start(state, Ports.choose(state)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot start PostgreSQL at 127.0.0.1:")
        .hasMessageContaining(System.getProperty("os.arch"))
        .hasMessageContaining(state.postgresPrograms().toString())
        .hasMessageEndingWith("it may have said more in " + state.postgresLog());
  }

  private static ServerSocket occupied(Ports ports, Ports.Listener listener) throws IOException {
    return new ServerSocket(ports.of(listener), 1, InetAddress.getLoopbackAddress());
  }
}
