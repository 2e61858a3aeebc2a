package io.tidemark.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * Brings a lake into the state in which a process leaves it that was killed between two writes: all
 * commits of all tables after some moment are undone. Files that they name stay behind, as they
 * would.
 */
final class PowerCut {
  private final Path root;

  /** A commit of some table. */
  private record Commit(Path file, FileTime time) {
    boolean isFirst() {
      return file.getFileName().toString().equals("%020d.json".formatted(0));
    }
  }

  PowerCut(Path root) {
    this.root = root;
  }

  /** The moment up to which everything is written. */
  FileTime now() {
    return commits().stream()
        .map(Commit::time)
        .max(Comparator.naturalOrder())
        .orElse(FileTime.fromMillis(0));
  }

  /** Undoes some of the last commits after a moment; none, one, or up to all. Returns how many. */
  int undoSomeAfter(FileTime moment, SplittableRandom random) {
    List<Commit> after =
        commits().stream()
            .filter(commit -> commit.time().compareTo(moment) > 0)
            .sorted(Comparator.comparing(Commit::time).reversed())
            .toList();
    int undone = random.nextInt(after.size() + 1);
    after.subList(0, undone).forEach(PowerCut::undo);
    DeltaLog.clearCache(); // A new process knows nothing but the files.
    return undone;
  }

  private List<Commit> commits() {
    List<Commit> commits = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(PowerCut::isCommit).toList()) {
        commits.add(new Commit(file, Files.getLastModifiedTime(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return commits;
  }

  private static boolean isCommit(Path file) {
    return file.getParent().endsWith("_delta_log")
        && file.getFileName().toString().matches("\\d{20}\\.json");
  }

  private static void undo(Commit commit) {
    Path log = commit.file().getParent();
    String version = commit.file().getFileName().toString().replace(".json", "");
    try {
      if (commit.isFirst()) {
        deleteTree(log.getParent()); // Nothing is written into a table before it exists.
        return;
      }
      Files.delete(commit.file());
      for (String leftover : List.of("%s.crc", ".%s.json.crc", ".%s.crc.crc")) {
        Files.deleteIfExists(log.resolve(leftover.formatted(version)));
      }
      if (Files.exists(log.resolve(version + ".checkpoint.parquet"))) {
        throw new IllegalStateException("Cannot undo a checkpoint: " + commit.file());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
