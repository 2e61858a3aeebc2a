package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.ExitCode;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.lake.LakeOwner;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.run.StepRecord.Counts;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.bronze.BronzeWriter;
import io.tidemark.ingest.kafka.KafkaSource;
import io.tidemark.ingest.kafka.StartOffsets;
import io.tidemark.ingest.kafka.TopicPartitionRange;
import io.tidemark.ingest.registry.RegistryUnreachableException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands the pipeline's topics in bronze, and keeps at it while Kafka comes and goes.
 *
 * <p>Every start of the stream begins with a new Spark checkpoint at the offsets that the lake
 * itself has recorded: the lake is the only truth about progress, and no checkpoint is ever needed
 * from another machine or another day.
 */
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
  private final Lake lake;
  private final RunContext context;
  private final RunLog runs;
  private final BatchLander lander;
  private final Map<String, TidemarkException> blocked = new TreeMap<>();
  private final Counts counts = new Counts();
  private int streams;
  // Kafka answers at each start all the same, which is no success then.
  private volatile boolean registryLost;

  /**
   * A job for one run.
   *
   * @param afterBatch called after each batch has landed and is recorded
   */
  public IngestJob(
      PipelineSpec spec, Lake lake, RunContext context, RunLog runs, Runnable afterBatch) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.runs = runs;
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
            landed -> {
              counts.addAll(landed);
              afterBatch.run();
            });
  }

  /**
   * Makes sure that Kafka answers and that the lake is this pipeline's, and claims it.
   *
   * @throws TidemarkException with exit code 4 if Kafka does not answer within seconds, 2 if the
   *     lake belongs to another source
   */
  public static void claim(PipelineSpec spec, Lake lake) {
    try (KafkaSource kafka = KafkaSource.of(spec.source())) {
      LakeOwner.claim(lake, spec.name(), kafka.identity());
      LakeOwner.claimMaskingKeys(lake, SourceSettings.masks(spec).keys().checks());
    }
  }

  /**
   * Runs until there is nothing left, or until told to stop.
   *
   * @throws TidemarkException with exit code 4 if Kafka stays away longer than the pipeline's
   *     retry-timeout
   */
  public IngestOutcome run(Mode mode) {
    Backoff backoff = new Backoff(spec.source().retryTimeout(), context.clock());
    while (!context.stop().requested()) {
      try {
        stream(mode, backoff);
        return new IngestOutcome(counts, blocked);
      } catch (TidemarkException e) {
        if (e.exitCode() != ExitCode.UNAVAILABLE || !backoff.mayRetry()) {
          throw e;
        }
        LOG.warn("{}; retrying in {} s", e.getMessage(), backoff.next().toSeconds());
        context.stop().await(backoff.pause());
      }
    }
    return new IngestOutcome(counts, blocked);
  }

  private void stream(Mode mode, Backoff backoff) {
    StartOffsets start;
    try (KafkaSource kafka = KafkaSource.of(spec.source())) {
      List<String> topics = kafka.topics(spec.source().topicPattern());
      Map<String, Long> landed = runs.table().tokens(BronzeWriter.tokenPrefix(spec.name()));
      start = StartOffsets.plan(spec.name(), kafka.ranges(topics), range -> next(landed, range));
      report(start.blocked());
      if (mode == Mode.ONCE && topics.size() == start.blocked().size()) {
        return;
      }
    }
    if (!registryLost) {
      backoff.succeeded();
    }
    KafkaStream stream = new KafkaStream(spec, lake, context, streams++);
    stream.run(mode, start, lander, () -> succeeded(backoff), this::explain);
  }

  private void succeeded(Backoff backoff) {
    registryLost = false;
    backoff.succeeded();
  }

  private long next(Map<String, Long> landed, TopicPartitionRange range) {
    return landed.getOrDefault(
        BronzeWriter.token(spec.name(), range.topic(), range.partition()),
        io.tidemark.core.table.CommitToken.NONE);
  }

  private void report(Map<String, TidemarkException> found) {
    found.forEach(
        (topic, error) -> {
          if (blocked.put(topic, error) == null) {
            LOG.error("{}. {}", error.getMessage(), error.remedy());
          }
        });
  }

  /** What a failed stream means: an error of ours, a lost Kafka, lost records, or a bug. */
  private TidemarkException explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TidemarkException known) {
        return known;
      }
      if (cause instanceof RegistryUnreachableException unreachable) {
        registryLost = true;
        return Errors.registryUnreachable(unreachable.getMessage(), unreachable);
      }
    }
    try (KafkaSource kafka = KafkaSource.of(spec.source())) {
      kafka.clusterId();
    } catch (TidemarkException unreachable) {
      return unreachable;
    }
    if (KafkaFailures.mayPass(failure)) {
      // Expired offsets come out as such too: the next start finds and blocks their topics.
      return Errors.kafkaUnreachable(spec.source().bootstrapServers(), failure);
    }
    throw new IllegalStateException("The stream from Kafka failed", failure);
  }
}
