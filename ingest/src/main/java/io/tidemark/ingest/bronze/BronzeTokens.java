package io.tidemark.ingest.bronze;

import io.tidemark.ingest.kafka.TopicPartitionRange;
import java.util.Map;

/** The names of the commit tokens that tell what of a source has landed. */
public final class BronzeTokens {
  private BronzeTokens() {}

  /** The start of the names of a pipeline's offset tokens. */
  public static String prefix(String pipeline) {
    return "ingest/" + pipeline + "/";
  }

  /** The name of the token for one partition's next offset. */
  public static String partition(String pipeline, String topic, int partition) {
    return topic(pipeline, topic) + partition;
  }

  /** The same of a partition that Kafka has. */
  public static String partition(String pipeline, TopicPartitionRange range) {
    return partition(pipeline, range.topic(), range.partition());
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
    return prefix(pipeline) + "files";
  }
}
