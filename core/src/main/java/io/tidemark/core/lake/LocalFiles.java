package io.tidemark.core.lake;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without the processes that it starts. Where Hadoop's native library is
 * missing, it runs {@code chmod} for each file it creates and {@code readlink} for each path it
 * renames: a dozen processes for each commit of a table. Java does the same itself.
 */
final class LocalFiles extends LocalFileSystem {
  /** What makes Hadoop use it for local files. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "fs.file.impl", LocalFiles.class.getName(),
          "fs.AbstractFileSystem.file.impl", Context.class.getName());

  /** Made by Hadoop, by the name of the class. */
  LocalFiles() {
    super(new Raw());
  }

  /** The same files for Hadoop's other interface to them, which renames what Delta commits. */
  static final class Context extends ChecksumFs {
    /** Made by Hadoop, by the name of the class. */
    Context(URI uri, Configuration settings) throws IOException, URISyntaxException {
      super(new RawContext(uri, settings));
    }
  }

  private static final class RawContext extends DelegateToFileSystem {
    RawContext(URI uri, Configuration settings) throws IOException, URISyntaxException {
      super(uri, new Raw(), settings, uri.getScheme(), false);
    }

    @Override
    public boolean isValidName(String path) {
      return true; // Names of local files may have colons.
    }
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      try {
        Files.setPosixFilePermissions(
            pathToFile(path).toPath(), PosixFilePermissions.fromString(permission.toString()));
      } catch (UnsupportedOperationException | IllegalArgumentException e) {
        super.setPermission(path, permission); // No such permissions here, or not only such.
      }
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
      return Files.isSymbolicLink(pathToFile(path).toPath())
          ? super.getFileLinkStatus(path)
          : getFileStatus(path);
    }
  }
}
