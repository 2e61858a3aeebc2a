package io.tidemark.cli.status;

import io.tidemark.core.lake.Lake;
import java.util.List;
import java.util.Optional;

/**
 * What waits behind the polls of a database: rows that landed and are not in silver. What has
 * changed in the database since the last poll only the next one tells.
 */
record PollsLag(Lake lake, String pipeline) implements SourceLag {
  @Override
  public Optional<Long> of(String table) {
    return lake.bronze(table).exists()
        ? Optional.of(SourceLag.notMerged(lake, pipeline, table))
        : Optional.empty();
  }

  @Override
  public List<TableStatus> lines() {
    return List.of();
  }
}
