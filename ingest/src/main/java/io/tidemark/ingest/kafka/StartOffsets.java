package io.tidemark.ingest.kafka;

import io.tidemark.core.error.Errors;
import io.tidemark.core.error.TidemarkException;
import io.tidemark.core.table.CommitToken;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Where a stream starts: after what the lake already has, from the beginning where it has nothing.
 *
 * @param json Spark's form of the offsets, for its option {@code startingOffsets}
 * @param blocked the topics that must not be read, each with what is missing
 */
public record StartOffsets(String json, Map<String, TidemarkException> blocked) {
  private static final long EARLIEST = -2L;

  /**
   * Compares what the lake has with what Kafka holds.
   *
   * <p>A partition whose next record has expired, or that ends before it, has lost records or is
   * another topic of the same name: its whole topic is blocked, the others go on.
   *
   * @param pipeline the pipeline's name, for the errors
   * @param ranges what Kafka holds
   * @param landed the next offset to land of a partition, or {@link CommitToken#NONE}
   */
  public static StartOffsets plan(
      String pipeline,
      List<TopicPartitionRange> ranges,
      ToLongFunction<TopicPartitionRange> landed) {
    Map<String, TidemarkException> blocked = new TreeMap<>();
    Map<String, Map<Integer, Long>> starts = new TreeMap<>();
    for (TopicPartitionRange range : ranges) {
      long next = landed.applyAsLong(range);
      if (next != CommitToken.NONE && next < range.earliest()) {
        blocked.putIfAbsent(
            range.topic(),
            Errors.offsetsExpired(pipeline, range.toString(), next, range.earliest()));
      } else if (next > range.end()) {
        blocked.putIfAbsent(
            range.topic(), Errors.offsetsVanished(pipeline, range.toString(), next, range.end()));
      }
      starts
          .computeIfAbsent(range.topic(), topic -> new TreeMap<>())
          .put(range.partition(), next == CommitToken.NONE ? EARLIEST : next);
    }
    starts.keySet().removeAll(blocked.keySet());
    return new StartOffsets(json(starts), blocked);
  }

  /** Topic names need no escaping: Kafka allows letters, digits, dot, dash and underscore. */
  private static String json(Map<String, Map<Integer, Long>> starts) {
    return starts.entrySet().stream()
        .map(
            topic ->
                topic.getValue().entrySet().stream()
                    .map(p -> "\"%d\":%d".formatted(p.getKey(), p.getValue()))
                    .collect(Collectors.joining(",", "\"" + topic.getKey() + "\":{", "}")))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
