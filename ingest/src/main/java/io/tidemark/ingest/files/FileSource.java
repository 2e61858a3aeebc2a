package io.tidemark.ingest.files;

import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.spec.FileFeed;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** The files at a pipeline's path, as the file system lists them. */
public final class FileSource {
  private final Path path;
  private final FileSystem files;

  private FileSource(Path path, FileSystem files) {
    this.path = path;
    this.files = files;
  }

  /**
   * Opens the file system of a feed.
   *
   * @throws TidemarkException with exit code 2 if there is none of its name, 4 if it does not
   *     answer
   */
  public static FileSource open(FileFeed feed, Configuration hadoop) {
    try {
      Path path = new Path(feed.path());
      FileSystem files = path.getFileSystem(hadoop);
      return new FileSource(files.makeQualified(path), files);
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw FileErrors.noFileSystem(feed.path(), e);
    } catch (IOException e) {
      throw FileErrors.unreachable(feed.path(), e);
    }
  }

  /** How a lake remembers where it was fed from. */
  public String identity() {
    return "files at " + path;
  }

  /** The fully qualified path. */
  public String path() {
    return path.toString();
  }

  /**
   * The files that are there, in name order: those that the path means, and those in and below the
   * folders that it means. Names that begin with a dot or underscore, or end in {@code .tmp} or
   * {@code .inprogress}, are no files yet.
   *
   * @throws TidemarkException with exit code 4 if the file system does not answer, or has nothing
   *     at a path without wildcards
   */
  public List<EventFile> list() {
    TreeMap<String, EventFile> found = new TreeMap<>();
    try {
      FileStatus[] meant = files.globStatus(path);
      if (meant == null) {
        throw FileErrors.missing(path());
      }
      for (FileStatus status : meant) {
        collect(status, found);
      }
    } catch (IOException e) {
      throw FileErrors.unreachable(path(), e);
    }
    return List.copyOf(found.values());
  }

  private void collect(FileStatus status, TreeMap<String, EventFile> found) throws IOException {
    boolean root = status.getPath().equals(path) && status.isDirectory();
    if (!root && isNotYet(status.getPath().getName())) {
      return;
    }
    if (status.isDirectory()) {
      for (FileStatus child : files.listStatus(status.getPath())) {
        collect(child, found);
      }
    } else {
      EventFile file = file(status);
      found.put(file.path(), file);
    }
  }

  private static boolean isNotYet(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".")
        || name.startsWith("_")
        || small.endsWith(".tmp")
        || small.endsWith(".inprogress");
  }

  static EventFile file(FileStatus status) {
    return new EventFile(
        status.getPath().toString(),
        status.getLen(),
        Instant.ofEpochMilli(status.getModificationTime()));
  }

  /**
   * Makes sure that planned files are there as they were planned.
   *
   * @throws TidemarkException with exit code 5 if one has changed or is gone, 4 if the file system
   *     does not answer
   */
  public void requireUnchanged(Collection<EventFile> planned) {
    for (EventFile file : planned) {
      try {
        requireSame(file, file(files.getFileStatus(new Path(file.path()))));
      } catch (FileNotFoundException e) {
        throw FileErrors.vanished(file);
      } catch (IOException e) {
        throw FileErrors.unreachable(path(), e);
      }
    }
  }

  static void requireSame(EventFile taken, EventFile found) {
    if (!taken.equals(found)) {
      throw FileErrors.changed(taken, found);
    }
  }

  /** What a failed landing of planned files means: an error of theirs, or none of them. */
  public RuntimeException explain(RuntimeException failure, Collection<EventFile> planned) {
    Optional<TidemarkException> error = TidemarkException.in(failure);
    if (error.isPresent()) {
      return error.get();
    }
    try {
      requireUnchanged(planned);
    } catch (TidemarkException known) {
      return known;
    }
    return UnreadableFileException.isBehind(failure)
        ? FileErrors.unreachable(path(), failure)
        : failure;
  }
}
