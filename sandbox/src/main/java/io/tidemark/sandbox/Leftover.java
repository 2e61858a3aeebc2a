package io.tidemark.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A database process that may run without the server JVM that started it.
 *
 * @param name what it is, for errors
 * @param pidFile where it writes its process id first of all
 * @param programs the folder of its programs, by which it is recognised
 * @param orderly asks it to stop
 */
record Leftover(String name, Path pidFile, Path programs, Consumer<ProcessHandle> orderly) {
  private static final Duration ORDERLY = Duration.ofSeconds(10);
  private static final Duration FORCED = Duration.ofSeconds(5);

  /** Stops it if it runs; the process id of the one stopped. */
  Optional<Long> stop() {
    Optional<ProcessHandle> main = running();
    main.ifPresent(this::stop);
    return main.map(ProcessHandle::pid);
  }

  private void stop(ProcessHandle main) {
    List<ProcessHandle> all = new ArrayList<>(main.descendants().toList());
    all.add(main);
    orderly.accept(main);
    if (Waiting.until(() -> all.stream().noneMatch(this::isOurs), ORDERLY)) {
      return;
    }
    // Safe for the data: what it wrote is with the operating system, and the next start recovers.
    all.forEach(ProcessHandle::destroyForcibly);
    if (!Waiting.until(() -> all.stream().noneMatch(this::isOurs), FORCED)) {
      throw new SandboxException(
          "Cannot stop the " + name + " (pid " + main.pid() + ") left over in " + programs,
          "Stop it by hand: kill -9 " + main.pid(),
          null);
    }
  }

  private Optional<ProcessHandle> running() {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(pidFile)) {
      return lines
          .findFirst()
          .map(line -> Long.valueOf(line.strip()))
          .flatMap(ProcessHandle::of)
          .filter(this::isOurs);
    } catch (IOException | NumberFormatException e) {
      throw new SandboxException(
          "Cannot tell from " + pidFile + " whether a " + name + " was left over: " + e,
          "See that no " + name + " runs on this folder, then delete the file.",
          e);
    }
  }

  // The number may belong to any process by now. A zombie has no command, and needs no stop.
  private boolean isOurs(ProcessHandle process) {
    return process
        .info()
        .command()
        .filter(command -> Path.of(command).startsWith(realPath(programs)))
        .isPresent();
  }

  private static Path realPath(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path; // the programs were deleted, and the command still names them
    }
  }
}
