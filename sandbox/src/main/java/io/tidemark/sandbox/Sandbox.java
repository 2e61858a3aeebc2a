package io.tidemark.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A PostgreSQL, a Kafka broker and Connect with Debezium, for trying things out and for tests; and
 * the {@link SandboxPart}s that are asked for. They run in a JVM of their own, keep their state in
 * one folder, and listen on 127.0.0.1 only.
 *
 * <p>All methods may be called by any number of threads and processes at once.
 */
public final class Sandbox {
  // File locks are between processes; between our own threads this one is.
  private static final ReentrantLock STARTING = new ReentrantLock();

  private Sandbox() {}

  /** When a started sandbox ends. */
  public enum Lifetime {
    /** When it is stopped, however long that takes. */
    DETACHED,
    /** When it is stopped, or when the process that started it ends in whatever way. */
    WITH_PARENT
  }

  /** What a call to {@link #stop} found and did. */
  public enum Stop {
    /** Neither a server nor a PostgreSQL left over by one was there. */
    NOTHING_RUNNING,
    /** Everything was closed in order. */
    ORDERLY,
    /** The server did not end in 20 seconds and was killed; its data will be recovered at start. */
    FORCED
  }

  /** Starts a sandbox that lives until it is stopped; see the other {@code start}. */
  public static SandboxAddresses start(Path stateFolder, Consumer<String> progress) {
    return start(stateFolder, progress, Lifetime.DETACHED);
  }

  /**
   * Starts a sandbox and waits until it is ready; if one runs on this folder already, says so and
   * returns it as it is, its lifetime unchanged. Data of an earlier sandbox in the folder is kept,
   * and so are its ports as far as they are free.
   *
   * @param stateFolder created if missing
   * @param progress told what happens, in short sentences
   * @throws SandboxException if the folder cannot be used, the libraries are not built, or a
   *     component fails; with the last lines of the log
   */
  public static SandboxAddresses start(
      Path stateFolder, Consumer<String> progress, Lifetime lifetime) {
    return start(stateFolder, progress, lifetime, Set.of());
  }

  /**
   * As the others, with optional parts. A running sandbox gets those that it does not run yet; once
   * running, a part runs until the sandbox is stopped.
   *
   * @throws SandboxException as the others; a part that cannot be added leaves the rest running
   */
  public static SandboxAddresses start(
      Path stateFolder, Consumer<String> progress, Lifetime lifetime, Set<SandboxPart> parts) {
    OptionalLong owner =
        switch (lifetime) {
          case DETACHED -> OptionalLong.empty();
          case WITH_PARENT -> OptionalLong.of(ProcessHandle.current().pid());
        };
    return start(new StateFolder(stateFolder), progress, owner, parts);
  }

  /** The running sandbox of a folder and its health; empty if none is running and ready. */
  public static Optional<SandboxStatus> status(Path stateFolder) {
    return RunningServer.addresses(new StateFolder(stateFolder)).map(SandboxStatus::of);
  }

  /**
   * Stops the sandbox of a folder and waits for its end. Also stops a PostgreSQL whose server JVM
   * was killed.
   *
   * @throws SandboxException if a process cannot even be killed
   */
  public static Stop stop(Path stateFolder) {
    return RunningServer.stop(new StateFolder(stateFolder));
  }

  static SandboxAddresses start(
      StateFolder folder, Consumer<String> progress, OptionalLong owner, Set<SandboxPart> parts) {
    folder.prepare();
    STARTING.lock();
    try (FileChannel channel =
            FileChannel.open(
                folder.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock ignored = channel.lock()) {
      return startLocked(folder, progress, owner, parts);
    } catch (IOException e) {
      throw new SandboxException(
          "Cannot lock " + folder.startLock() + ": " + e,
          "Choose a folder on a local disk that this user may write.",
          e);
    } finally {
      STARTING.unlock();
    }
  }

  private static SandboxAddresses startLocked(
      StateFolder folder, Consumer<String> progress, OptionalLong owner, Set<SandboxPart> parts) {
    Optional<SandboxAddresses> running = RunningServer.settled(folder);
    if (running.isPresent()) {
      progress.accept("already running in " + folder.root() + " (pid " + running.get().pid() + ")");
      return PartsWanted.added(folder, parts, running.get(), progress);
    }
    PartsWanted.only(folder, parts);
    progress.accept("starting in " + folder.root());
    return ServerProcess.spawn(folder, owner).awaitReady(progress);
  }
}
