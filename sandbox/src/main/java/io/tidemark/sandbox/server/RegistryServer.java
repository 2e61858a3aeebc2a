package io.tidemark.sandbox.server;

import io.tidemark.sandbox.RegistryLeftover;
import io.tidemark.sandbox.StateFolder;
import io.tidemark.sandbox.Waiting;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Apicurio's registry with its Confluent-compatible API, in a small JVM of its own. */
final class RegistryServer implements AutoCloseable {
  /** Names the folder into which the build unpacks it. */
  static final String PROGRAMS_VARIABLE = "TIDEMARK_SANDBOX_REGISTRY";

  private static final Duration STARTUP = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final StateFolder folder;

  private RegistryServer(StateFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts it and returns once it answers.
   *
   * @throws IllegalStateException if the build has not unpacked it, or it does not start
   */
  static RegistryServer start(StateFolder folder, Ports ports) {
    try {
      Files.createDirectories(folder.registryData());
      Process process = launch(folder, ports);
      Files.writeString(RegistryLeftover.pidFile(folder), process.pid() + "\n");
      awaitReady(process, ports);
      return new RegistryServer(folder);
    } catch (IOException | RuntimeException e) {
      RegistryLeftover.stop(folder);
      throw new IllegalStateException(
          "Cannot start the schema registry at %s: %s; it may have said more in %s"
              .formatted(url(ports), SandboxServer.reasons(e), folder.registryLog()),
          e);
    }
  }

  /** The root of its Confluent-compatible API. */
  static String url(Ports ports) {
    return "http://" + ports.address(Ports.Listener.REGISTRY) + "/apis/ccompat/v7";
  }

  /** Stops it; by force if it does not stop in order. */
  @Override
  public void close() {
    RegistryLeftover.stop(folder);
  }

  private static Process launch(StateFolder folder, Ports ports) throws IOException {
    Path program = program();
    Redirect output = Redirect.appendTo(folder.registryLog().toFile());
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Duser.timezone=UTC",
                "-Dquarkus.http.host=" + Ports.HOST,
                "-Dquarkus.http.port=" + ports.of(Ports.Listener.REGISTRY),
                "-Dquarkus.http.access-log.enabled=false",
                "-Dquarkus.log.level=WARN",
                "-Dapicurio.datasource.url=jdbc:h2:file:"
                    + folder.registryData().resolve("schemas"),
                "-jar",
                program.getFileName().toString()))
        .directory(program.getParent().toFile())
        .redirectInput(new java.io.File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
  }

  private static Path program() throws IOException {
    String programs = System.getenv(PROGRAMS_VARIABLE);
    if (programs == null || !Files.isDirectory(Path.of(programs))) {
      throw new IOException(
          "it is not unpacked; build it: ./mvnw -q package -DskipTests -pl sandbox");
    }
    try (Stream<Path> files = Files.list(Path.of(programs))) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("there is no runner in " + programs));
    }
  }

  private static void awaitReady(Process process, Ports ports) throws IOException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(ports) + "/subjects")).timeout(ANSWER).build();
    if (!Waiting.until(() -> !process.isAlive() || answers(client, request), STARTUP)) {
      throw new IOException("it did not answer in " + STARTUP.toSeconds() + " s");
    }
    if (!process.isAlive()) {
      throw new IOException("it ended with exit code " + process.exitValue());
    }
  }

  private static boolean answers(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
