package io.tidemark.ingest;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.lake.Lake;
import io.tidemark.core.run.RunContext;
import io.tidemark.core.spec.KafkaFeed;
import io.tidemark.core.spec.PipelineSpec;
import io.tidemark.ingest.kafka.StartOffsets;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/** One start of Spark's stream from Kafka, from given offsets to its end, failure or stop. */
final class KafkaStream {
  private static final long STOP_POLL_MILLIS = 200;

  private final PipelineSpec spec;
  private final Lake lake;
  private final RunContext context;
  private final Path checkpoint;

  KafkaStream(PipelineSpec spec, Lake lake, RunContext context, int number) {
    this.spec = spec;
    this.lake = lake;
    this.context = context;
    this.checkpoint =
        new Path(new Path(lake.checkpoints(), "ingest"), context.runId() + "-" + number);
  }

  void run(
      IngestJob.Mode mode,
      StartOffsets start,
      BatchLander lander,
      Runnable afterBatch,
      Function<Throwable, TidemarkException> explain) {
    try {
      StreamingQuery query = start(mode, start, lander, afterBatch);
      await(query, lander);
    } catch (StreamingQueryException | TimeoutException e) {
      throw explain.apply(e);
    } finally {
      forgetCheckpoint();
    }
  }

  private StreamingQuery start(
      IngestJob.Mode mode, StartOffsets start, BatchLander lander, Runnable afterBatch)
      throws TimeoutException {
    Dataset<Row> records =
        lake.spark()
            .readStream()
            .format("kafka")
            .options(options(spec.source().kafka(), start))
            .option("minPartitions", lake.spark().sparkContext().defaultParallelism())
            .load();
    return records
        .writeStream()
        .queryName("ingest " + spec.name())
        .option("checkpointLocation", checkpoint.toString())
        .trigger(
            mode == IngestJob.Mode.ONCE
                ? Trigger.AvailableNow()
                : Trigger.ProcessingTime(spec.trigger().toMillis()))
        .foreachBatch(
            (batch, id) -> {
              lander.land(batch);
              afterBatch.run();
            })
        .start();
  }

  private void await(StreamingQuery query, BatchLander lander) throws StreamingQueryException {
    while (!query.awaitTermination(STOP_POLL_MILLIS)) {
      if (context.stop().requested()) {
        lander.betweenBatches(() -> stop(query));
        return;
      }
    }
  }

  private static void stop(StreamingQuery query) {
    try {
      query.stop();
    } catch (TimeoutException e) {
      throw new IllegalStateException("The stream from Kafka did not stop in time", e);
    }
  }

  static Map<String, String> options(KafkaFeed source, StartOffsets start) {
    Map<String, String> options = new HashMap<>();
    source.properties().forEach((name, value) -> options.put("kafka." + name, value));
    options.put("kafka.bootstrap.servers", source.bootstrapServers());
    // Half a minute without an answer is a lost Kafka; the retries around the stream handle it.
    options.putIfAbsent("kafka.request.timeout.ms", "10000");
    options.putIfAbsent("kafka.default.api.timeout.ms", "20000");
    options.put("kafkaConsumer.pollTimeoutMs", "20000");
    options.put("subscribePattern", pattern(source.topicPattern(), start));
    options.put("startingOffsets", start.json());
    options.put("maxOffsetsPerTrigger", Long.toString(source.maxOffsetsPerTrigger()));
    options.put("includeHeaders", "true");
    options.put("failOnDataLoss", "true");
    return options;
  }

  /** The topics of the pipeline without the blocked ones, so that the others go on. */
  private static String pattern(Pattern topics, StartOffsets start) {
    if (start.blocked().isEmpty()) {
      return topics.pattern();
    }
    String without =
        start.blocked().keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return "(?!(?:" + without + ")$)(?:" + topics.pattern() + ")";
  }

  private void forgetCheckpoint() {
    try {
      lake.files().delete(checkpoint, true);
    } catch (IOException e) {
      throw Errors.lakeUnreachable(lake.toString(), e);
    }
  }
}
