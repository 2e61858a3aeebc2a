package io.tidemark.ingest.files;

import java.util.List;

/**
 * Files that are landed together.
 *
 * @param number higher than that of every batch before
 * @param files in name order
 */
public record FileBatch(long number, List<EventFile> files) {
  /** Keeps a copy of the files. */
  public FileBatch {
    files = List.copyOf(files);
  }
}
