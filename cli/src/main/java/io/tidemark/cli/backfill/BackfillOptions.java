package io.tidemark.cli.backfill;

import io.tidemark.core.spec.JdbcFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.jdbc.ReadPace;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How hard a database is read, and what happens to what lands. */
public final class BackfillOptions {
  private static final long CHUNK_ROWS = 50_000;
  private static final int CONNECTIONS = 2;

  @Option(
      names = "--chunk-rows",
      paramLabel = "N",
      description = "How many rows one query reads; default: the pipeline's, or 50000")
  private Long chunkRows;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "How many queries run at the same time; default: the pipeline's, or 2")
  private Integer connections;

  @Option(
      names = "--pause",
      paramLabel = "MILLISECONDS",
      description = "The pause between rounds of queries; default: the pipeline's, or 0")
  private Long pause;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description =
          "How long to wait for transactions of the source that are open: ${DEFAULT-VALUE}")
  private long wait;

  @Option(
      names = "--merge",
      description = "Also merge what landed; not while another process runs the pipeline")
  private boolean merge;

  /** The pipeline's pace, with what was said. */
  public ReadPace pace(PipelineSpec spec) {
    ReadPace usual =
        spec.source().feed() instanceof JdbcFeed feed
            ? ReadPace.of(feed)
            : new ReadPace(
                spec.requireDatabase(), CHUNK_ROWS, CONNECTIONS, Duration.ZERO, Duration.ZERO);
    return new ReadPace(
        usual.database(),
        chunkRows == null ? usual.chunkRows() : chunkRows,
        connections == null ? usual.connections() : connections,
        pause == null ? usual.pause() : Duration.ofMillis(pause),
        usual.statementTimeout());
  }

  /** How long to wait for transactions of the source that are open. */
  public Duration patience() {
    return Duration.ofSeconds(wait);
  }

  /** Whether what landed is merged here and now. */
  public boolean merges() {
    return merge;
  }
}
