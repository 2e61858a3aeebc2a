package io.tidemark.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;

/** Finds and ends the server of a folder, whoever started it. */
final class RunningServer {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration NAMED = Duration.ofSeconds(2);
  private static final Duration ORDERLY = Duration.ofSeconds(20);
  private static final Duration FORCED = Duration.ofSeconds(5);

  private RunningServer() {}

  /** Where the server listens; empty if there is none, or if it is still starting or stopping. */
  static Optional<SandboxAddresses> addresses(StateFolder folder) {
    if (!ServerLock.isHeld(folder) || !Files.exists(folder.addresses())) {
      return Optional.empty();
    }
    try {
      SandboxAddresses addresses = SandboxAddresses.read(folder.addresses());
      // A killed server leaves its file behind, which the next one deletes first of all.
      return ServerLock.holder(folder)
          .filter(server -> server.pid() == addresses.pid())
          .map(server -> addresses);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // it began to stop just now
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder.addresses(), e);
    }
  }

  /**
   * Where the server listens, once it does; waits for one that is starting or stopping.
   *
   * @return empty if no server is left
   */
  static Optional<SandboxAddresses> settled(StateFolder folder) {
    if (!Waiting.until(
        () -> !ServerLock.isHeld(folder) || addresses(folder).isPresent(), READY_WITHIN)) {
      throw new SandboxException(
          "Cannot use the sandbox in "
              + folder.root()
              + ": its server"
              + ServerLock.holder(folder).map(server -> " (pid " + server.pid() + ")").orElse("")
              + " is neither ready nor gone after "
              + READY_WITHIN.toSeconds()
              + " s",
          "Stop the sandbox, read " + folder.log() + ", and start it again.",
          null);
    }
    return addresses(folder);
  }

  /** Stops the server, and a PostgreSQL that outlived one. */
  static Sandbox.Stop stop(StateFolder folder) {
    Waiting.until(() -> !ServerLock.isHeld(folder) || ServerLock.holder(folder).isPresent(), NAMED);
    Optional<ProcessHandle> server = ServerLock.holder(folder);
    server.ifPresent(ProcessHandle::destroy);
    // Not the process but its lock tells the end: where nobody collects them, the dead stay listed.
    boolean orderly = Waiting.until(() -> !ServerLock.isHeld(folder), ORDERLY);
    if (!orderly) {
      kill(folder);
    }
    Optional<Long> leftover = PostgresLeftover.stop(folder);
    Optional<Long> mariadb = MariaDbLeftover.stop(folder);
    RegistryLeftover.stop(folder);
    forgetAddresses(folder);
    if (!orderly) {
      return Sandbox.Stop.FORCED;
    }
    return server.isPresent() || leftover.isPresent() || mariadb.isPresent()
        ? Sandbox.Stop.ORDERLY
        : Sandbox.Stop.NOTHING_RUNNING;
  }

  /** As {@link #stop}, also for a thread that was told to stop itself. */
  static void stopUninterrupted(StateFolder folder) {
    boolean interrupted = Thread.interrupted();
    try {
      stop(folder);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void kill(StateFolder folder) {
    Optional<ProcessHandle> server = ServerLock.holder(folder);
    server.ifPresent(ProcessHandle::destroyForcibly);
    if (!Waiting.until(() -> !ServerLock.isHeld(folder), FORCED)) {
      throw new SandboxException(
          "Cannot stop the sandbox in "
              + folder.root()
              + ": its server"
              + server.map(process -> " (pid " + process.pid() + ")").orElse("")
              + " survived being killed",
          "Stop the process that holds " + folder.serverLock() + " by hand.",
          null);
    }
  }

  private static void forgetAddresses(StateFolder folder) {
    try {
      Files.deleteIfExists(folder.addresses());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + folder.addresses(), e);
    }
  }
}
