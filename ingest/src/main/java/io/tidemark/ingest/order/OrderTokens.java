package io.tidemark.ingest.order;

/** The commit tokens in a bronze table that tell how far its source's log has come. */
public final class OrderTokens {
  private OrderTokens() {}

  /** The table's epoch: whoever writes the table must know it. */
  public static String epoch(String pipeline) {
    return "epoch/" + pipeline;
  }

  /** The highest commit order that a partition has shown in an epoch. */
  public static String highest(String pipeline, int epoch, String topic, int partition) {
    return "order/%s/%d/%s/%d".formatted(pipeline, epoch, topic, partition);
  }

  /** The highest transaction of each lineage that a partition has shown; its name follows. */
  public static String lineages(String pipeline, int epoch, String topic, int partition) {
    return "gtid/%s/%d/%s/%d/".formatted(pipeline, epoch, topic, partition);
  }

  /** The offset behind the highest that a partition has landed; the partition follows. */
  public static String seen(String pipeline) {
    return "seen/" + pipeline + "/";
  }

  /** The offset at which the log of an epoch broke; the partition follows. */
  public static String broken(String pipeline, int epoch) {
    return "broken/%s/%d/".formatted(pipeline, epoch);
  }
}
