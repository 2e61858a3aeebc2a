package io.tidemark.core.spec;

import static java.util.Objects.requireNonNull;

/**
 * Files of change events: one Kafka record a line, as JSON.
 *
 * @param path a folder, a file or a glob on any Hadoop file system, as written
 * @param maxFilesPerBatch most files one micro-batch reads
 */
public record FileFeed(String path, int maxFilesPerBatch) implements SourceFeed {

  /** Refuses what no pipeline file can say. */
  public FileFeed {
    requireNonNull(path, "path");
    if (maxFilesPerBatch < 1) {
      throw new IllegalArgumentException("Invalid files per batch: " + maxFilesPerBatch);
    }
  }

  @Override
  public SourceType type() {
    return SourceType.FILES;
  }
}
