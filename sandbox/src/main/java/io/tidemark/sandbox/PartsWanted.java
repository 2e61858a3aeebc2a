package io.tidemark.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Asks a server for optional parts: by a file for each part, which the server looks for at its
 * start and from then on, and deletes if it cannot start the part.
 */
final class PartsWanted {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  private PartsWanted() {}

  /** Before a start: exactly these, whatever an earlier server was asked for. */
  static void only(StateFolder folder, Set<SandboxPart> parts) {
    for (SandboxPart part : SandboxPart.values()) {
      if (parts.contains(part)) {
        wish(folder, part);
      } else {
        forget(folder, part);
      }
    }
  }

  /**
   * Has a running server start what it does not run yet, and waits for it.
   *
   * @return where it listens then
   * @throws SandboxException if a part does not start; the others go on
   */
  static SandboxAddresses added(
      StateFolder folder,
      Set<SandboxPart> parts,
      SandboxAddresses running,
      Consumer<String> progress) {
    if (running.parts().keySet().containsAll(parts)) {
      return running;
    }
    ServerLog log = ServerLog.fromHere(folder.log());
    for (SandboxPart part : parts) {
      if (!running.parts().containsKey(part)) {
        wish(folder, part);
      }
    }
    boolean decided = Waiting.until(() -> decided(folder, parts), READY_WITHIN);
    log.forward(progress);
    return RunningServer.addresses(folder)
        .filter(addresses -> addresses.parts().keySet().containsAll(parts))
        .orElseThrow(() -> failure(folder, log, decided));
  }

  private static boolean decided(StateFolder folder, Set<SandboxPart> parts) {
    Set<SandboxPart> wanted = SandboxPart.wanted(folder);
    return !wanted.containsAll(parts)
        || !ServerLock.isHeld(folder)
        || RunningServer.addresses(folder)
            .filter(addresses -> addresses.parts().keySet().containsAll(parts))
            .isPresent();
  }

  private static SandboxException failure(StateFolder folder, ServerLog log, boolean decided) {
    String reason = decided ? "it gave up" : "not ready in " + READY_WITHIN.toSeconds() + " s";
    return new SandboxException(
        "Cannot add to the sandbox in " + folder.root() + ": " + log.firstError().orElse(reason),
        "Read " + folder.log() + "; what ran before goes on running.",
        null);
  }

  private static void wish(StateFolder folder, SandboxPart part) {
    try {
      Files.writeString(folder.wish(part), "Someone asked for this part of the sandbox.\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + folder.wish(part), e);
    }
  }

  private static void forget(StateFolder folder, SandboxPart part) {
    try {
      Files.deleteIfExists(folder.wish(part));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + folder.wish(part), e);
    }
  }
}
