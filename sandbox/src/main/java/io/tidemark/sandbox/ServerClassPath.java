package io.tidemark.sandbox;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The class path of the server JVM, which the build writes into a file. */
final class ServerClassPath {
  /** Names the file itself. */
  static final String FILE_PROPERTY = "tidemark.sandbox.classpath";

  /** Names the folder of the built project, in which the file has its place. */
  static final String HOME_PROPERTY = "tidemark.home";

  private static final String BUILD = "./mvnw -q package -DskipTests -pl sandbox";

  private ServerClassPath() {}

  /**
   * The libraries, then the classes of the sandbox itself. In this order, because the latter may
   * sit in an archive with Spark's libraries.
   *
   * @throws SandboxException if the file or a library is missing
   */
  static String find() {
    Path file = file();
    String libraries = read(file);
    Optional<String> missing =
        Arrays.stream(libraries.split(File.pathSeparator))
            .filter(library -> !Files.exists(Path.of(library)))
            .findFirst();
    if (missing.isPresent()) {
      throw new SandboxException(
          "Cannot start the sandbox: its library "
              + missing.get()
              + ", named in "
              + file
              + ", is gone",
          "Fetch it again, in the project's folder: " + BUILD,
          null);
    }
    return libraries + File.pathSeparator + ownLocation();
  }

  /** The folder into which the build unpacks the schema registry, beside the file. */
  static Path registry() {
    return file().toAbsolutePath().resolveSibling("registry");
  }

  private static Path file() {
    String named = System.getProperty(FILE_PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    String home = System.getProperty(HOME_PROPERTY);
    if (home != null) {
      return Path.of(home, "sandbox", "target", "sandbox.classpath");
    }
    throw new SandboxException(
        "Cannot find the sandbox's libraries: neither -D"
            + FILE_PROPERTY
            + " nor -D"
            + HOME_PROPERTY
            + " is set",
        "Set -D" + HOME_PROPERTY + " to the project's folder, built there with: " + BUILD,
        null);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new SandboxException(
          "Cannot read the sandbox's class path from " + file + ": " + e,
          "Build it, in the project's folder: " + BUILD,
          e);
    }
  }

  private static Path ownLocation() {
    try {
      return Path.of(
          ServerClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot tell where the sandbox's classes are", e);
    }
  }
}
