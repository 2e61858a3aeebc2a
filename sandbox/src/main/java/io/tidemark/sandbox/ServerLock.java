package io.tidemark.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock that a server holds on its state folder as long as it lives. The operating system frees
 * it when the process ends, however it ends; so it is the one proof that a server runs.
 */
public final class ServerLock {
  /** The server's main class; it stands in the arguments of every server process. */
  static final String SERVER_CLASS = "io.tidemark.sandbox.server.SandboxServer";

  private static final Duration PROBES_ARE_OVER = Duration.ofSeconds(3);

  // A channel that nobody refers to is closed in time, and gives its lock back.
  private static final Set<FileChannel> HELD = ConcurrentHashMap.newKeySet();

  private ServerLock() {}

  /**
   * Takes the lock for this process, until the process ends. To be called once in a process.
   *
   * @return false if another server has it
   * @throws IOException if the lock file cannot be written
   */
  public static boolean acquire(StateFolder folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.serverLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // Someone may be asking isHeld() right now, which shuts us out for a moment.
    if (!Waiting.until(() -> tryLock(channel), PROBES_ARE_OVER)) {
      channel.close();
      return false;
    }
    channel.truncate(0);
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
    HELD.add(channel);
    return true;
  }

  /** Whether a server process has the lock. Must not be asked inside that process. */
  static synchronized boolean isHeld(StateFolder folder) {
    if (!Files.exists(folder.serverLock())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(folder.serverLock(), StandardOpenOption.READ);
        FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return shared == null;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot lock " + folder.serverLock(), e);
    }
  }

  /** The server process that has the lock; empty if there is none. */
  static Optional<ProcessHandle> holder(StateFolder folder) {
    if (!isHeld(folder)) {
      return Optional.empty();
    }
    return pid(folder).flatMap(ProcessHandle::of).filter(ServerLock::looksLikeServer);
  }

  private static Optional<Long> pid(StateFolder folder) {
    try {
      return Optional.of(Long.valueOf(Files.readString(folder.serverLock()).strip()));
    } catch (NumberFormatException e) {
      return Optional.empty(); // it was locked a moment ago and is not written yet
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder.serverLock(), e);
    }
  }

  // Between locking and writing, the file names an earlier server, whose id others may have now.
  private static boolean looksLikeServer(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(arguments -> Arrays.asList(arguments).contains(SERVER_CLASS))
        .orElse(true);
  }

  private static boolean tryLock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
