package io.tidemark.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL whose server JVM was killed and could not stop it. PostgreSQL is a process of its
 * own, so it goes on without us, and keeps its port and data folder from the next start.
 */
public final class PostgresLeftover {
  private static final Duration ORDERLY = Duration.ofSeconds(10);
  private static final Duration FORCED = Duration.ofSeconds(5);

  private PostgresLeftover() {}

  /**
   * Stops the PostgreSQL of this folder if one runs; must only be called when no server JVM does.
   *
   * @return the process id of the one stopped
   * @throws SandboxException if it cannot be stopped
   */
  public static Optional<Long> stop(StateFolder folder) {
    Optional<ProcessHandle> postmaster = postmaster(folder);
    postmaster.ifPresent(process -> stop(process, folder));
    return postmaster.map(ProcessHandle::pid);
  }

  private static void stop(ProcessHandle postmaster, StateFolder folder) {
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    interrupt(postmaster);
    if (Waiting.until(() -> all.stream().noneMatch(p -> isOurs(p, folder)), ORDERLY)) {
      return;
    }
    // Safe for the data: what it wrote is with the operating system, and the next start recovers.
    all.forEach(ProcessHandle::destroyForcibly);
    if (!Waiting.until(() -> all.stream().noneMatch(p -> isOurs(p, folder)), FORCED)) {
      throw new SandboxException(
          "Cannot stop the PostgreSQL (pid " + postmaster.pid() + ") left over in " + folder.root(),
          "Stop it by hand: kill -9 " + postmaster.pid(),
          null);
    }
  }

  private static Optional<ProcessHandle> postmaster(StateFolder folder) {
    Path file = folder.postgresData().resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(file)) {
      return lines
          .findFirst()
          .map(line -> Long.valueOf(line.strip()))
          .flatMap(ProcessHandle::of)
          .filter(process -> isOurs(process, folder));
    } catch (IOException | NumberFormatException e) {
      throw new SandboxException(
          "Cannot tell from " + file + " whether a PostgreSQL was left over: " + e,
          "See that no postgres process runs on this folder, then delete the file.",
          e);
    }
  }

  // The number may belong to any process by now. A zombie has no command, and needs no stop.
  private static boolean isOurs(ProcessHandle process, StateFolder folder) {
    return process
        .info()
        .command()
        .filter(command -> Path.of(command).startsWith(realPath(folder.postgresPrograms())))
        .isPresent();
  }

  private static Path realPath(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path; // the programs were deleted, and the command still names them
    }
  }

  // SIGINT is PostgreSQL's "fast" stop; Java itself can only send SIGTERM, on which it waits for
  // all clients to leave.
  private static void interrupt(ProcessHandle postmaster) {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -INT " + postmaster.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      postmaster.destroy();
    }
  }
}
