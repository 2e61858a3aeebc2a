package io.tidemark.ingest.bronze;

import io.tidemark.core.table.CommitToken;
import io.tidemark.ingest.kafka.TopicPartitionRange;
import java.util.Map;

/** The names of the commit tokens that tell what of a source has landed. */
public final class BronzeTokens {
  /** What stands behind the prefix where batches are counted, and no partition's offsets. */
  public static final String BATCHES = "files";

  private BronzeTokens() {}

  /** The start of the names of a pipeline's offset tokens. */
  public static String prefix(String pipeline) {
    return "ingest/" + pipeline + "/";
  }

  /** The name of the token for one partition's next offset. */
  public static String partition(String pipeline, String topic, int partition) {
    return topic(pipeline, topic) + partition;
  }

  /**
   * The first offset of a partition that has not landed; {@link CommitToken#NONE} if none has.
   *
   * @param landed the pipeline's tokens
   */
  public static long next(String pipeline, TopicPartitionRange range, Map<String, Long> landed) {
    return landed.getOrDefault(
        partition(pipeline, range.topic(), range.partition()), CommitToken.NONE);
  }

  /** The start of the names of the tokens for a topic's partitions. */
  private static String topic(String pipeline, String topic) {
    return prefix(pipeline) + topic + "/";
  }

  /**
   * Whether a table has landed anything of a topic.
   *
   * @param landed the tokens of its bronze table
   */
  public static boolean feeds(String pipeline, String topic, Map<String, Long> landed) {
    String start = topic(pipeline, topic);
    return landed.keySet().stream().anyMatch(name -> name.startsWith(start));
  }

  /** The name of the token for the number of the last planned batch. */
  public static String planned(String pipeline) {
    return prefix(pipeline) + BATCHES;
  }
}
