package io.tidemark.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One server JVM that we started, from its start until it is ready or has failed. */
final class ServerProcess {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  /** RegistryServer reads it; those classes are not on our class path. */
  private static final String REGISTRY_VARIABLE = "TIDEMARK_SANDBOX_REGISTRY";

  private static final int TERMINATED = 128 + 15;
  private static final int INTERRUPTED = 128 + 2;
  // Starting fast matters more than peak speed: one compiler tier, one thread to collect garbage.
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx768m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:+ExitOnOutOfMemoryError",
          "-Duser.timezone=UTC",
          "-Djava.awt.headless=true",
          "-Dlog4j2.configurationFile=sandbox-log4j2.properties",
          "-Dlog4j2.disableJmx=true");

  private final StateFolder folder;
  private final ServerLog log;
  private final Process process;

  private ServerProcess(StateFolder folder, ServerLog log, Process process) {
    this.folder = folder;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts the JVM without waiting for it.
   *
   * @param owner the process with which the server ends; empty if it ends only when stopped
   */
  static ServerProcess spawn(StateFolder folder, OptionalLong owner) {
    String classPath = ServerClassPath.find();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add(ServerLock.SERVER_CLASS);
    command.add(folder.root().toString());
    owner.ifPresent(pid -> command.add(Long.toString(pid)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.root().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
    // Not as an argument: the arguments, by which the server is recognised, must stay short.
    builder.environment().put("CLASSPATH", classPath);
    builder.environment().put(REGISTRY_VARIABLE, ServerClassPath.registry().toString());
    try {
      return new ServerProcess(folder, ServerLog.fromHere(folder.log()), builder.start());
    } catch (IOException e) {
      throw new SandboxException(
          "Cannot start the sandbox's JVM " + command.get(0) + ": " + e,
          "See that this program can be run and that " + folder.log() + " can be written.",
          e);
    }
  }

  /**
   * Waits until the server accepts work, and stops it if it does not.
   *
   * @throws SandboxException with the server's own words if it failed or took too long
   */
  SandboxAddresses awaitReady(Consumer<String> progress) {
    try {
      boolean decided = Waiting.until(() -> decided(progress), READY_WITHIN);
      log.forward(progress);
      return RunningServer.addresses(folder)
          .filter(addresses -> addresses.pid() == process.pid())
          .orElseThrow(() -> failure(decided));
    } catch (RuntimeException e) {
      RunningServer.stopUninterrupted(folder);
      throw e;
    }
  }

  private boolean decided(Consumer<String> progress) {
    log.forward(progress);
    return !process.isAlive() || RunningServer.addresses(folder).isPresent();
  }

  private SandboxException failure(boolean decided) {
    String what = decided ? ending() : "it was not ready within " + READY_WITHIN.toSeconds() + " s";
    return new SandboxException(
        "Cannot start the sandbox in "
            + folder.root()
            + ": "
            + log.firstError().orElse(what)
            + "\nLast lines of "
            + folder.log()
            + ":\n"
            + log.tail(),
        "Read "
            + folder.log()
            + " and "
            + folder.postgresLog()
            + "; deleting the stopped sandbox's folder is a clean new beginning.",
        null);
  }

  private String ending() {
    // Alive, it had told its addresses and took them back, because someone stops it.
    int exitCode = process.isAlive() ? TERMINATED : process.exitValue();
    return exitCode == TERMINATED || exitCode == INTERRUPTED
        ? "it was stopped while it was starting"
        : "its JVM ended with exit code " + exitCode;
  }
}
