package io.tidemark.sandbox.server;

import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs when the process ends: each component stops before the one it reads from or writes to. */
final class OrderlyStop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger("sandbox");
  private static final long STARTING_SECONDS = 10;

  private final StateFolder folder;
  private final List<? extends CompletableFuture<? extends AutoCloseable>> components;
  private boolean begun;

  /**
   * For these components.
   *
   * @param components in the order in which to stop them; some may be starting still, or have
   *     failed
   */
  OrderlyStop(
      StateFolder folder, List<? extends CompletableFuture<? extends AutoCloseable>> components) {
    this.folder = folder;
    this.components = components;
  }

  /**
   * Tells the world where the server listens, if the stop has not begun.
   *
   * @return whether it was told
   */
  synchronized boolean announce(SandboxAddresses addresses) throws IOException {
    if (!begun) {
      addresses.write(folder.addresses());
    }
    return !begun;
  }

  @Override
  public void run() {
    log.info("stopping");
    retract();
    components.forEach(this::close);
    log.info("stopped");
  }

  // First of all, so that nobody is sent to a sandbox that is going away.
  private synchronized void retract() {
    begun = true;
    try {
      Files.deleteIfExists(folder.addresses());
    } catch (IOException e) {
      log.error("Cannot delete {}", folder.addresses(), e);
    }
  }

  private void close(CompletableFuture<? extends AutoCloseable> component) {
    try {
      // One that is half started cannot be stopped: let it finish first.
      component.get(STARTING_SECONDS, TimeUnit.SECONDS).close();
    } catch (ExecutionException e) {
      log.debug("It did not start, which was reported then", e);
    } catch (TimeoutException e) {
      log.warn("a component that was still starting is left to the end of the process");
    } catch (Exception e) {
      // The others must be stopped all the same.
      log.error("Cannot stop a component", e);
    }
  }
}
