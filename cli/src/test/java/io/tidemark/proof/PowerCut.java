package io.tidemark.proof;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * Brings a lake into a state in which a killed process can leave it, by undoing commits. Files that
 * they name stay behind, as they would. Which commits are undone depends on seeds alone.
 */
final class PowerCut {
  private static final String RUNS = "runs";

  private final Path root;
  private final List<String> tables;

  /** A commit of some table. */
  private record Commit(Path file, FileTime time) {
    Path table() {
      return file.getParent().getParent();
    }

    String name() {
      return table().getFileName().toString();
    }

    boolean isOf(String layer) {
      return table().getParent().getFileName().toString().equals(layer);
    }

    boolean isFirst() {
      return file.getFileName().toString().equals("%020d.json".formatted(0));
    }
  }

  /** The commits that there are at some moment. */
  record Moment(Set<Path> commits) {}

  PowerCut(Path root, List<String> tables) {
    this.root = root;
    this.tables = tables;
  }

  Moment now() {
    Set<Path> files = new HashSet<>();
    commits().forEach(commit -> files.add(commit.file()));
    return new Moment(files);
  }

  /**
   * Killed while tables were merged side by side: each is as far as it came, and the record of the
   * merge is missing. Returns the tables that lost something.
   */
  Set<String> duringMerge(Moment before, long seed) {
    List<Commit> undone = new ArrayList<>();
    for (String table : tables) {
      SplittableRandom random = new SplittableRandom(seed + table.hashCode());
      List<Commit> own = since(before).stream().filter(c -> c.name().equals(table)).toList();
      undone.addAll(own.subList(0, random.nextInt(own.size() + 1)));
    }
    since(before).stream().filter(commit -> commit.name().equals(RUNS)).forEach(undone::add);
    return undo(undone);
  }

  /**
   * Killed while the last batch landed: some tables have it and others have not, and its record is
   * missing. Nothing of it has been merged. Returns the tables that lost something.
   */
  Set<String> duringIngest(Moment before, Moment landed, long seed) {
    List<Commit> undone = new ArrayList<>(since(landed));
    List<Commit> batches =
        since(before).stream().filter(c -> landed.commits().contains(c.file())).toList();
    List<Commit> records = batches.stream().filter(c -> c.name().equals(RUNS)).toList();
    if (records.isEmpty()) {
      return undo(undone);
    }
    undone.add(records.get(0));
    FileTime earlier = records.size() > 1 ? records.get(1).time() : FileTime.fromMillis(0);
    Set<Path> seen = new HashSet<>();
    for (Commit commit : batches) {
      boolean last = commit.isOf("bronze") && seen.add(commit.table());
      SplittableRandom random = new SplittableRandom(seed + commit.name().hashCode());
      boolean own = !commit.name().startsWith("_") || commit.name().equals("_dead_letters");
      boolean landing = own && !commit.isFirst();
      if (last && landing && commit.time().compareTo(earlier) > 0 && random.nextBoolean()) {
        undone.add(commit);
      }
    }
    return undo(undone);
  }

  /** The commits after a moment, the newest first. */
  private List<Commit> since(Moment moment) {
    return commits().stream()
        .filter(commit -> !moment.commits().contains(commit.file()))
        .sorted(comparing(Commit::time).thenComparing(Commit::file).reversed())
        .toList();
  }

  private Set<String> undo(List<Commit> commits) {
    commits.forEach(PowerCut::undo);
    DeltaLog.clearCache(); // A new process knows nothing but the files.
    Set<String> cut = new HashSet<>();
    commits.forEach(commit -> cut.add(commit.name()));
    cut.retainAll(tables);
    return cut;
  }

  private List<Commit> commits() {
    List<Commit> commits = new ArrayList<>();
    if (!Files.exists(root)) {
      return commits;
    }
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
        deleteTree(commit.table()); // Nothing is written into a table before it exists.
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
