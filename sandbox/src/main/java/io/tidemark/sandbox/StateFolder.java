package io.tidemark.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which one sandbox keeps all it has: data, addresses, log. Deleting it while the
 * sandbox is stopped is a clean new beginning.
 *
 * @param root the folder, made absolute
 */
public record StateFolder(Path root) {
  /** Makes the path absolute, because the server process may not share our working directory. */
  public StateFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** Where the addresses stand; exists only while the sandbox is ready to use. */
  public Path addresses() {
    return root.resolve("sandbox.properties");
  }

  /** What the server process printed, over all its starts. */
  public Path log() {
    return root.resolve("sandbox.log");
  }

  /** What PostgreSQL printed, over all its starts. */
  public Path postgresLog() {
    return root.resolve("postgres.log");
  }

  /** The ports used last, so that a new start can use them again. */
  public Path ports() {
    return root.resolve("ports.properties");
  }

  /** PostgreSQL's data. */
  public Path postgresData() {
    return root.resolve("postgres-data");
  }

  /** PostgreSQL's unpacked programs; never the parent of the data. */
  public Path postgresPrograms() {
    return root.resolve("postgres-programs");
  }

  /** What MariaDB printed, over all its starts. */
  public Path mariadbLog() {
    return root.resolve("mariadb.log");
  }

  /** MariaDB's data. */
  public Path mariadbData() {
    return root.resolve("mariadb-data");
  }

  /** MariaDB's unpacked programs. */
  public Path mariadbPrograms() {
    return root.resolve("mariadb-programs");
  }

  /** What the schema registry printed, over all its starts. */
  public Path registryLog() {
    return root.resolve("registry.log");
  }

  /** The schema registry's data, which stays with the topics that name its schemas. */
  public Path registryData() {
    return root.resolve("registry-data");
  }

  /** Exists while someone wants the part. */
  public Path wish(SandboxPart part) {
    return root.resolve(part.key() + ".wanted");
  }

  /** Kafka's data, the configuration and offsets of all connectors included. */
  public Path kafkaData() {
    return root.resolve("kafka-data");
  }

  /**
   * Begins anew: deletes everything but the databases' programs, which are the same for every
   * beginning. Must only be called while the sandbox is stopped.
   *
   * @throws SandboxException if something cannot be deleted
   */
  public void reset() {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> parts = Files.list(root)) {
      parts
          .filter(part -> !part.equals(postgresPrograms()) && !part.equals(mariadbPrograms()))
          .forEach(StateFolder::delete);
    } catch (IOException e) {
      throw undeletable(root, e);
    }
  }

  /**
   * Deletes a file, or a folder with all in it; does nothing if it does not exist.
   *
   * @throws SandboxException if something cannot be deleted
   */
  public static void delete(Path part) {
    if (!Files.exists(part)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(part)) {
      List<Path> childrenFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : childrenFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw undeletable(part, e);
    }
  }

  private static SandboxException undeletable(Path part, IOException e) {
    return new SandboxException(
        "Cannot delete " + part + " of a sandbox: " + e,
        "See that no process uses it, then delete it by hand.",
        e);
  }

  /** Locked by the server as long as it lives; holds its process id. */
  Path serverLock() {
    return root.resolve("server.lock");
  }

  /** Locked by who is starting a server, so that two starts at one moment give one server. */
  Path startLock() {
    return root.resolve("start.lock");
  }

  /** Creates the folder where it is missing and makes sure that we may write into it. */
  void prepare() {
    try {
      Files.createDirectories(root);
      Files.delete(Files.createTempFile(root, "writable", ".probe"));
    } catch (IOException e) {
      throw new SandboxException(
          "Cannot write into the sandbox's state folder " + root + ": " + e,
          "Choose a folder that this user may create and write.",
          e);
    }
  }
}
