package io.tidemark.sandbox;

import java.util.Optional;

/** A MariaDB whose server JVM was killed and could not stop it, as {@link PostgresLeftover}. */
public final class MariaDbLeftover {
  private MariaDbLeftover() {}

  /**
   * Stops the MariaDB of this folder if one runs; must only be called when no server JVM does, or
   * by the one that started it.
   *
   * @return the process id of the one stopped
   * @throws SandboxException if it cannot be stopped
   */
  public static Optional<Long> stop(StateFolder folder) {
    return new Leftover(
            "MariaDB",
            folder.mariadbData().resolve("mariadb.pid"),
            folder.mariadbPrograms(),
            // SIGTERM is its orderly stop.
            ProcessHandle::destroy)
        .stop();
  }
}
