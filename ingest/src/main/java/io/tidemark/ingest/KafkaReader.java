package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.run.RunLog;
import io.tidemark.core.spec.KafkaFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.bronze.BronzeTokens;
import io.tidemark.ingest.kafka.KafkaSource;
import io.tidemark.ingest.kafka.StartOffsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics.
 *
 * <p>Every start of the stream begins with a new Spark checkpoint at the offsets that the lake
 * itself has recorded: the lake is the only truth about progress, and no checkpoint is ever needed
 * from another machine or another day.
 */
final class KafkaReader implements SourceReader {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReader.class);

  private final PipelineSpec spec;
  private final KafkaFeed feed;
  private final Lake lake;
  private final RunContext context;
  private final RunLog runs;
  private final BatchLander lander;
  private final Map<String, TidemarkException> blocked = new TreeMap<>();
  private int streams;

  KafkaReader(PipelineSpec spec, Lake lake, RunContext context, RunLog runs, BatchLander lander) {
    this.spec = spec;
    this.feed = spec.source().kafka();
    this.lake = lake;
    this.context = context;
    this.runs = runs;
    this.lander = lander;
  }

  @Override
  public Map<String, TidemarkException> blocked() {
    return blocked;
  }

  @Override
  public void read(IngestJob.Mode mode, Runnable worked) {
    StartOffsets start;
    try (KafkaSource kafka = KafkaSource.of(feed)) {
      List<String> topics = kafka.topics(feed.topicPattern());
      Map<String, Long> landed = runs.table().tokens(BronzeTokens.prefix(spec.name()));
      start =
          StartOffsets.plan(
              spec.name(),
              kafka.ranges(topics),
              range -> BronzeTokens.next(spec.name(), range, landed));
      report(start.blocked());
      if (mode == IngestJob.Mode.ONCE && topics.size() == start.blocked().size()) {
        return;
      }
    }
    worked.run();
    KafkaStream stream = new KafkaStream(spec, lake, context, streams++);
    stream.run(mode, start, lander, worked, this::explain);
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
    Optional<TidemarkException> known = TidemarkException.in(failure);
    if (known.isPresent()) {
      return known.get();
    }
    try (KafkaSource kafka = KafkaSource.of(feed)) {
      kafka.clusterId();
    } catch (TidemarkException unreachable) {
      return unreachable;
    }
    if (KafkaFailures.mayPass(failure)) {
      // Expired offsets come out as such too: the next start finds and blocks their topics.
      return Errors.kafkaUnreachable(feed.bootstrapServers(), failure);
    }
    throw new IllegalStateException("The stream from Kafka failed", failure);
  }
}
