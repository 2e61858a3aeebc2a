package io.tidemark.sandbox.server;

import io.tidemark.sandbox.MariaDbLeftover;
import io.tidemark.sandbox.PostgresLeftover;
import io.tidemark.sandbox.RegistryLeftover;
import io.tidemark.sandbox.SandboxAddresses;
import io.tidemark.sandbox.ServerLock;
import io.tidemark.sandbox.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandbox's own process. Its exit codes: 0 stopped, 1 a component failed, 3 another server has
 * the folder.
 */
public final class SandboxServer {
  private static final Logger log = LoggerFactory.getLogger("sandbox");
  private static final int FAILED = 1;
  private static final int FOLDER_IN_USE = 3;

  private SandboxServer() {}

  /**
   * Runs until the process is told to end.
   *
   * @param arguments the state folder; then, optionally, the process id with which to end
   */
  public static void main(String[] arguments) {
    StateFolder folder = new StateFolder(Path.of(arguments[0]));
    try {
      if (!ServerLock.acquire(folder)) {
        log.error("Cannot use {}: another sandbox runs in it. Stop that one first.", folder.root());
        System.exit(FOLDER_IN_USE);
      }
      if (arguments.length > 1) {
        endWith(Long.parseLong(arguments[1]));
      }
      run(folder);
    } catch (CompletionException e) {
      fail(e.getCause());
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /** An error and what caused it, in one line. */
  static String reasons(Throwable error) {
    StringJoiner reasons = new StringJoiner(", because ");
    String last = "";
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      // Many wrappers repeat the message of what they wrap.
      if (!last.contains(text)) {
        reasons.add(text);
      }
      last = text;
    }
    return reasons.toString().replace('\n', ' ');
  }

  private static void run(StateFolder folder) throws IOException {
    Files.deleteIfExists(folder.addresses());
    PostgresLeftover.stop(folder)
        .ifPresent(
            pid -> log.warn("stopped PostgreSQL (pid {}), left over by a killed sandbox", pid));
    MariaDbLeftover.stop(folder)
        .ifPresent(pid -> log.warn("stopped MariaDB (pid {}), left over by a killed sandbox", pid));
    RegistryLeftover.stop(folder)
        .ifPresent(
            pid -> log.warn("stopped the registry (pid {}), left over by a killed sandbox", pid));
    Ports ports = Ports.choose(folder);

    CompletableFuture<PostgresServer> postgres =
        starting("PostgreSQL", () -> PostgresServer.start(folder, ports));
    CompletableFuture<KafkaBroker> kafka =
        starting("Kafka", () -> KafkaBroker.start(folder, ports));
    CompletableFuture<ConnectWorker> connect =
        kafka.thenCompose(broker -> starting("Connect", () -> ConnectWorker.start(ports)));
    PartsOnRequest parts = new PartsOnRequest(folder, ports);
    OrderlyStop stop =
        new OrderlyStop(
            folder, List.of(connect, kafka, postgres, CompletableFuture.completedFuture(parts)));
    Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));

    CompletableFuture.allOf(postgres, connect, parts.startWanted()).join();
    if (stop.announce(addresses(ports, parts))) {
      log.info("ready after {} s", uptimeSeconds());
      parts.watch(() -> announce(stop, addresses(ports, parts)));
    }
  }

  private static void announce(OrderlyStop stop, SandboxAddresses addresses) {
    try {
      stop.announce(addresses);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the sandbox's addresses", e);
    }
  }

  // A thread of its own for each, because they spend their start waiting.
  private static <T> CompletableFuture<T> starting(String component, Supplier<T> start) {
    Executor thread = task -> new Thread(task, "start-" + component).start();
    return CompletableFuture.supplyAsync(
        () -> {
          T started = start.get();
          log.info("{} is up after {} s", component, uptimeSeconds());
          return started;
        },
        thread);
  }

  private static SandboxAddresses addresses(Ports ports, PartsOnRequest parts) {
    return new SandboxAddresses(
        PostgresServer.jdbcUrl(ports),
        PostgresServer.USER,
        PostgresServer.PASSWORD,
        ports.address(Ports.Listener.KAFKA),
        ConnectWorker.url(ports),
        ProcessHandle.current().pid(),
        parts.addresses());
  }

  private static void endWith(long owner) {
    Optional<ProcessHandle> process = ProcessHandle.of(owner);
    if (process.isEmpty()) {
      log.error("Cannot end together with process {}: it has ended already.", owner);
      System.exit(FAILED);
    }
    var unused = process.get().onExit().thenRun(() -> endAfter(owner));
  }

  private static void endAfter(long owner) {
    log.info("process {}, which started the sandbox, has ended", owner);
    System.exit(0);
  }

  private static void fail(Throwable error) {
    log.error("{}", reasons(error));
    LoggerFactory.getLogger(SandboxServer.class).error("The error in full", error);
    System.exit(FAILED);
  }

  static String uptimeSeconds() {
    long millis = ManagementFactory.getRuntimeMXBean().getUptime();
    return BigDecimal.valueOf(millis).movePointLeft(3).setScale(1, RoundingMode.HALF_UP).toString();
  }
}
