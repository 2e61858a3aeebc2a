package io.tidemark.sandbox.server;

import io.tidemark.sandbox.SandboxPart;
import io.tidemark.sandbox.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The optional parts: those asked for before the start begin with the rest, and those asked for
 * later when they are. One thread starts them all.
 */
final class PartsOnRequest implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("sandbox");
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final long INTERRUPTED_SECONDS = 30;

  private final StateFolder folder;
  private final Ports ports;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread starting = new Thread(task, "optional-parts");
            starting.setDaemon(true);
            return starting;
          });
  private final Map<SandboxPart, AutoCloseable> running =
      Collections.synchronizedMap(new EnumMap<>(SandboxPart.class));

  PartsOnRequest(StateFolder folder, Ports ports) {
    this.folder = folder;
    this.ports = ports;
  }

  /** Starts what is wanted and does not run yet; fails if one of them does. */
  CompletableFuture<Void> startWanted() {
    return CompletableFuture.runAsync(this::startAll, thread);
  }

  /**
   * Goes on looking for parts that are wanted later. One that fails is logged and no longer wanted.
   *
   * @param changed run after each start
   */
  void watch(Runnable changed) {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> look(changed), LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** What runs, and the address of each. */
  Map<SandboxPart, String> addresses() {
    Map<SandboxPart, String> addresses = new EnumMap<>(SandboxPart.class);
    synchronized (running) {
      running.keySet().forEach(part -> addresses.put(part, address(part)));
    }
    return addresses;
  }

  /** Stops those that run, and one that is starting. */
  @Override
  public void close() throws Exception {
    thread.shutdownNow();
    if (!thread.awaitTermination(INTERRUPTED_SECONDS, TimeUnit.SECONDS)) {
      log.warn("an optional part that was still starting is left to the end of the process");
    }
    for (AutoCloseable part : running.values()) {
      part.close();
    }
  }

  private void look(Runnable changed) {
    try {
      if (startAll()) {
        changed.run();
      }
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        log.error("{}", SandboxServer.reasons(e));
        LoggerFactory.getLogger(PartsOnRequest.class).error("The error in full", e);
        giveUp();
      }
    }
  }

  private boolean startAll() {
    boolean started = false;
    for (SandboxPart part : SandboxPart.wanted(folder)) {
      if (!running.containsKey(part)) {
        running.put(part, start(part));
        log.info("{} is up after {} s", name(part), SandboxServer.uptimeSeconds());
        started = true;
      }
    }
    return started;
  }

  // Whoever asked sees that it is no longer wanted, and reads why in the log.
  private void giveUp() {
    for (SandboxPart part : SandboxPart.wanted(folder)) {
      if (!running.containsKey(part)) {
        try {
          Files.deleteIfExists(folder.wish(part));
        } catch (IOException e) {
          log.error("Cannot delete {}: {}", folder.wish(part), e.toString());
        }
      }
    }
  }

  private AutoCloseable start(SandboxPart part) {
    return switch (part) {
      case MARIADB -> MariaDbServer.start(folder, ports);
      case REGISTRY -> RegistryServer.start(folder, ports);
    };
  }

  private String address(SandboxPart part) {
    return switch (part) {
      case MARIADB -> MariaDbServer.jdbcUrl(ports);
      case REGISTRY -> RegistryServer.url(ports);
    };
  }

  private static String name(SandboxPart part) {
    return switch (part) {
      case MARIADB -> "MariaDB";
      case REGISTRY -> "The schema registry";
    };
  }
}
