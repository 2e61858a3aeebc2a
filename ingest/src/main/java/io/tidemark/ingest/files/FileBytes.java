package io.tidemark.ingest.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.GzipCodec;

/**
 * Opens planned files. What the file system fails with comes out as {@link
 * UnreadableFileException}, so that an {@link IOException} can only mean that the content cannot be
 * unpacked.
 */
final class FileBytes {
  private FileBytes() {}

  static InputStream open(EventFile file, Configuration hadoop) {
    try {
      Path path = new Path(file.path());
      FileSystem files = path.getFileSystem(hadoop);
      requirePlanned(file, FileSource.file(files.getFileStatus(path)));
      InputStream raw = new OfFileSystem(files.open(path), file);
      return file.path().endsWith(".gz") ? unpacked(raw, hadoop) : raw;
    } catch (IOException e) {
      throw new UnreadableFileException("Cannot open " + file, e);
    }
  }

  /** It may have been replaced while it was read. */
  static void requirePlanned(EventFile file, Configuration hadoop) {
    try {
      Path path = new Path(file.path());
      requirePlanned(file, FileSource.file(path.getFileSystem(hadoop).getFileStatus(path)));
    } catch (IOException e) {
      throw new UnreadableFileException("Cannot look at " + file + " again", e);
    }
  }

  private static void requirePlanned(EventFile file, EventFile found) {
    if (!file.equals(found)) {
      throw new UnreadableFileException("Cannot read " + file + ": it is now " + found, null);
    }
  }

  /** Hadoop's own reader: Java's takes a torn second part of a gzip file for its end. */
  private static InputStream unpacked(InputStream raw, Configuration hadoop) throws IOException {
    GzipCodec codec = new GzipCodec();
    codec.setConf(hadoop);
    return codec.createInputStream(raw);
  }

  private static final class OfFileSystem extends FilterInputStream {
    private final EventFile file;

    OfFileSystem(InputStream in, EventFile file) {
      super(in);
      this.file = file;
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        throw new UnreadableFileException("Cannot read " + file, e);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      try {
        return super.read(bytes, from, length);
      } catch (IOException e) {
        throw new UnreadableFileException("Cannot read " + file, e);
      }
    }
  }
}
