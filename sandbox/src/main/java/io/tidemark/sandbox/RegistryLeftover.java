package io.tidemark.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A schema registry whose server JVM was killed and could not stop it. */
public final class RegistryLeftover {
  private static final Duration ORDERLY = Duration.ofSeconds(5);

  private RegistryLeftover() {}

  /** Where the registry's process id stands. */
  public static Path pidFile(StateFolder folder) {
    return folder.registryData().resolve("registry.pid");
  }

  /**
   * Stops the registry of this folder if one runs; must only be called when no server JVM does, or
   * by the one that started it.
   *
   * @return the process id of the one stopped
   */
  public static Optional<Long> stop(StateFolder folder) {
    Optional<ProcessHandle> registry = running(folder);
    registry.ifPresent(RegistryLeftover::stop);
    return registry.map(ProcessHandle::pid);
  }

  private static void stop(ProcessHandle registry) {
    registry.destroy();
    if (!Waiting.until(() -> !registry.isAlive(), ORDERLY)) {
      registry.destroyForcibly(); // Its database recovers at the next start.
      Waiting.until(() -> !registry.isAlive(), ORDERLY);
    }
  }

  private static Optional<ProcessHandle> running(StateFolder folder) {
    if (!Files.exists(pidFile(folder))) {
      return Optional.empty();
    }
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(pidFile(folder)).strip()))
          .filter(process -> isOurs(process, folder));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty(); // Killed before it was written: then there is no other trace.
    }
  }

  // The number may belong to any process by now.
  private static boolean isOurs(ProcessHandle process, StateFolder folder) {
    return process
        .info()
        .commandLine()
        .filter(command -> command.contains(folder.registryData().toString()))
        .isPresent();
  }
}
