package io.tidemark.ingest;

import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.LakeOwner;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.run.StepRecord.Step;
import io.tidemark.core.spec.JdbcFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.files.FileSource;
import io.tidemark.ingest.kafka.KafkaSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lands a pipeline's source in bronze, and keeps at it while the source comes and goes. */
public final class IngestJob {
  private static final Logger LOG = LoggerFactory.getLogger(IngestJob.class);

  /** When a run ends. */
  public enum Mode {
    /** When everything that was there at its start has landed. */
    ONCE,
    /** When it is told to. */
    CONTINUOUS
  }

  private final PipelineSpec spec;
  private final RunContext context;
  private final SourceReader reader;
  private final BatchLander lander;
  private final Counts counts = new Counts();

  /**
   * A job for one run.
   *
   * @param afterBatch called after each batch has landed and is recorded
   */
  public IngestJob(
      PipelineSpec spec, Lake lake, RunContext context, RunLog runs, Runnable afterBatch) {
    this.spec = spec;
    this.context = context;
    BronzeWriter writer =
        new BronzeWriter(
            spec.name(),
            lake,
            SourceSettings.decoding(spec),
            SourceSettings.masks(spec),
            spec.parallelTables(),
            context.clock());
    this.lander =
        new BatchLander(
            writer,
            runs,
            context,
            Step.INGEST,
            landed -> {
              counts.addAll(landed);
              afterBatch.run();
            });
    this.reader =
        switch (spec.source().type()) {
          case DEBEZIUM -> new KafkaReader(spec, lake, context, runs, lander);
          case FILES -> new FileReader(spec, lake, context, runs, lander);
          case JDBC -> new DatabaseReader(spec, lake, context, runs, lander);
        };
  }

  /**
   * Makes sure that the source answers and that the lake is this pipeline's, and claims it.
   *
   * @throws TidemarkException with exit code 4 if the source does not answer within seconds, 2 if
   *     the lake belongs to another source
   */
  public static void claim(PipelineSpec spec, Lake lake) {
    LakeOwner.claim(lake, spec.name(), identity(spec, lake));
    LakeOwner.claimMaskingKeys(lake, SourceSettings.masks(spec).keys().checks());
  }

  /**
   * Lets the pipeline's source feed its tables from now on, whatever fed them before: an epoch of
   * each begins, so that every change that lands from now on beats those that have. Cut off, it is
   * to be run again.
   *
   * @param by who says so
   * @param reason why
   * @return the tables
   * @throws TidemarkException with exit code 4 if the source does not answer within seconds, 5 if a
   *     run landed something at the same moment
   */
  public static List<String> adopt(
      PipelineSpec spec, Lake lake, String by, String reason, Instant now) {
    String identity = identity(spec, lake);
    Epochs epochs = new Epochs(spec.name(), lake);
    List<String> own = lake.bronzeTables(spec.name());
    own.forEach(table -> epochs.advance(table, by, reason, now));
    LakeOwner.adopt(lake, spec.name(), identity);
    return own;
  }

  private static String identity(PipelineSpec spec, Lake lake) {
    return switch (spec.source().type()) {
      case DEBEZIUM -> {
        try (KafkaSource kafka = KafkaSource.of(spec.source().kafka())) {
          yield kafka.identity();
        }
      }
      case FILES ->
          FileSource.open(spec.source().files(), lake.spark().sparkContext().hadoopConfiguration())
              .identity();
      case JDBC -> identity(spec.source().jdbc());
    };
  }

  /** How a lake remembers that a database fed it. */
  public static String identity(JdbcFeed feed) {
    return "database at " + feed.database().url().replaceAll("\\?.*", "");
  }

  /**
   * Runs until there is nothing left, or until told to stop.
   *
   * @throws TidemarkException with exit code 4 if the source stays away longer than the pipeline's
   *     retry-timeout
   */
  public IngestOutcome run(Mode mode) {
    Backoff backoff = new Backoff(spec.source().retryTimeout(), context.clock());
    while (!context.stop().requested()) {
      try {
        lander.begin();
        reader.read(mode, () -> worked(backoff));
        break;
      } catch (TidemarkException e) {
        if (e.exitCode() != ExitCode.UNAVAILABLE || !backoff.mayRetry()) {
          throw e;
        }
        LOG.warn("{}; retrying in {} s", e.getMessage(), backoff.next().toSeconds());
        context.stop().await(backoff.pause());
      }
    }
    Map<String, TidemarkException> blocked = new TreeMap<>(reader.blocked());
    blocked.putAll(lander.held());
    return new IngestOutcome(counts, blocked);
  }

  /** A source that answers is no success while its records cannot be read. */
  private void worked(Backoff backoff) {
    if (!lander.isStalled()) {
      backoff.succeeded();
    }
  }
}
