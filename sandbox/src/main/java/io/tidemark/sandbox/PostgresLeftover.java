package io.tidemark.sandbox;

import java.io.IOException;
import java.util.Optional;

/**
 * A PostgreSQL whose server JVM was killed and could not stop it. PostgreSQL is a process of its
 * own, so it goes on without us, and keeps its port and data folder from the next start.
 */
public final class PostgresLeftover {
  private PostgresLeftover() {}

  /**
   * Stops the PostgreSQL of this folder if one runs; must only be called when no server JVM does.
   *
   * @return the process id of the one stopped
   * @throws SandboxException if it cannot be stopped
   */
  public static Optional<Long> stop(StateFolder folder) {
    return new Leftover(
            "PostgreSQL",
            folder.postgresData().resolve("postmaster.pid"),
            folder.postgresPrograms(),
            PostgresLeftover::interrupt)
        .stop();
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
