package io.tidemark.ingest.files;

import java.time.Instant;

/**
 * A file of records as it was seen; another length or time is another content.
 *
 * @param path fully qualified
 * @param length in bytes
 * @param modified when it was last written
 */
public record EventFile(String path, long length, Instant modified) {
  @Override
  public String toString() {
    return "%s (%d bytes of %s)".formatted(path, length, modified);
  }
}
